/** `2024-12-31`, in UTC, of a time in milliseconds. */
export function formatIsoDate(ms: number): string {
  return new Date(ms).toISOString().slice(0, 10);
}
