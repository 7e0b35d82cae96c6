/** A strategy text, imported as it stands. */
declare module '*.txt?raw' {
  const text: string;
  export default text;
}
