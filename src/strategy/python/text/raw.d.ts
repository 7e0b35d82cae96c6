/** A part of a Python script, imported as it stands. */
declare module '*.py?raw' {
  const text: string;
  export default text;
}
