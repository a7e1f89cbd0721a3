import { formatDocument, maskDocument } from "../../ui/format";

/** Blocks that have no form of their own, as lists of what they hold. Documents in them are masked as elsewhere. */
export function Extras({ value }: { value: unknown }) {
  if (value === null || value === undefined || value === "") return "—";
  if (typeof value === "boolean") return value ? "sim" : "não";
  if (typeof value !== "object") {
    const text = String(value);
    return formatDocument(text) !== text || /^\d{3}\.\d{3}\.\d{3}-\d{2}$/.test(text)
      ? maskDocument(text)
      : text;
  }
  const parts = Object.entries(value);
  if (parts.length === 0) return "—";
  return (
    <ul className="extras fits">
      {parts.map(([name, each]) => (
        <li key={name}>
          {!Array.isArray(value) && <strong>{name}: </strong>}
          <Extras value={each} />
        </li>
      ))}
    </ul>
  );
}
