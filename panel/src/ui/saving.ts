/** Files that are handed to the person: the API's private addresses, which live a minute, and what the page holds. */

export function followFile(url: string): void {
  click(url, "");
}

export function saveJson(name: string, value: unknown): void {
  const address = URL.createObjectURL(
    new Blob([JSON.stringify(value, null, 2)], { type: "application/json" }),
  );
  click(address, name);
  URL.revokeObjectURL(address);
}

function click(address: string, name: string) {
  const anchor = document.createElement("a");
  anchor.href = address;
  anchor.download = name;
  anchor.rel = "noopener noreferrer";
  anchor.click();
}
