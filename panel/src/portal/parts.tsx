/** What the portal's pages are made of: plain elements, so that the first load stays small. */

import { type InputHTMLAttributes, type ReactNode, useId } from "react";
import { Problem } from "../api/problem";
import { type Page, usePages } from "./load";

/** What went wrong, what to do about it, and the number to quote. */
export function ProblemBox({ problem, again }: { problem: unknown; again?: () => void }) {
  if (problem === null || problem === undefined) return null;
  const told = problem instanceof Problem ? problem : null;
  return (
    <div role="alert" className="problem">
      <strong>{told?.detail ?? "Algo deu errado nesta página."}</strong>
      {told && told.fields.length > 0 && (
        <ul>
          {told.fields.map((wrong) => (
            <li key={`${wrong.field}-${wrong.rule}`}>{wrong.message}</li>
          ))}
        </ul>
      )}
      <p>{told?.advice ?? "Recarregue a página."}</p>
      {told?.requestId && (
        <p className="small">
          Requisição <code>{told.requestId}</code>
        </p>
      )}
      {again && (
        <button type="button" onClick={again}>
          Tentar de novo
        </button>
      )}
    </div>
  );
}

/**
 * A page that is a list, read page by page. `load` and `rowId` must be the same from one drawing to the next; `empty` is
 * said of a list without rows.
 */
export function PageList<T>(props: {
  title: string;
  load: (cursor: string | null) => Promise<Page<T>>;
  rowId: (row: T) => string | number;
  empty: string;
  row: (row: T) => ReactNode;
}) {
  const { title, load, rowId, empty, row } = props;
  const found = usePages(load);
  return (
    <>
      <h1>{title}</h1>
      <ProblemBox problem={found.problem} again={found.again} />
      {found.data === null && found.problem === null && <Waiting lines={3} />}
      {found.data?.length === 0 && !found.more && <p>{empty}</p>}
      <ul className="cards">
        {found.data?.map((each) => (
          <li key={rowId(each)}>{row(each)}</li>
        ))}
      </ul>
      {found.more && (
        <button type="button" disabled={found.busy} onClick={found.more}>
          Mostrar mais
        </button>
      )}
    </>
  );
}

/** Stands where something is loaded, as tall as what comes. */
export function Waiting({ lines }: { lines: number }) {
  return (
    <div className="waiting" aria-busy="true">
      <span className="unseen">Carregando</span>
      {Array.from({ length: lines }, (_, place) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: lines are all alike
        <div key={place} />
      ))}
    </div>
  );
}

type FieldProps = InputHTMLAttributes<HTMLInputElement> & {
  label: string;
  error?: string | undefined;
  hint?: ReactNode;
};

/** A labelled field with what is wrong about it. */
export function Field({ label, error, hint, ...input }: FieldProps) {
  const id = useId();
  const about = [hint ? `${id}-hint` : "", error ? `${id}-error` : ""].filter(Boolean).join(" ");
  return (
    <div className="field">
      <label htmlFor={id}>
        {label}
        {input.required && <span aria-hidden="true"> *</span>}
      </label>
      {hint && (
        <span id={`${id}-hint`} className="small">
          {hint}
        </span>
      )}
      <input
        id={id}
        {...input}
        aria-invalid={error ? true : undefined}
        aria-describedby={about || undefined}
      />
      {error && (
        <span id={`${id}-error`} className="wrong">
          {error}
        </span>
      )}
    </div>
  );
}
