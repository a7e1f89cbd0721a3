type Read = { isLoading: boolean; refetch: () => Promise<unknown> };

/**
 * Read a list again after a write to it. A first read that is still under way may be older than the write, and asking
 * again would only join it: it is waited for, and then asked anew.
 */
export async function readAnew(found: Read): Promise<void> {
  if (found.isLoading) await found.refetch();
  await found.refetch();
}
