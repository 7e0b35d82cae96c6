/** Version of the engine: what turns a study into numbers. It travels in links and exports. */
export const ENGINE_VERSION = '0.1.0';
