import { type FormEvent, useCallback, useState } from "react";
import { ask } from "../api/ask";
import type { components } from "../api/schema";
import { useDraft } from "../ui/draft";
import { useLoad } from "./load";
import { ProblemBox, Waiting } from "./parts";
import { RegistrationFields } from "./RegistrationFields";
import { checkFilled, FIELDS, type FieldName, toFilled, toSent, wrongOf } from "./registration";
import { api } from "./session";

type Person = components["schemas"]["PersonView"];
type Sent = components["schemas"]["SentRegistration"];

const REQUIRED: readonly FieldName[] = ["name"];

export default function OwnData() {
  const found = useLoad(
    useCallback(async () => (await ask(api.GET("/api/v1/portal/person"))).portal_person, []),
  );
  return (
    <>
      <h1>Meus dados</h1>
      <ProblemBox problem={found.problem} again={found.again} />
      {found.data === null && found.problem === null && <Waiting lines={6} />}
      {found.data && <DataForm person={found.data} />}
    </>
  );
}

function DataForm({ person }: { person: Person }) {
  const [kept, setKept] = useState(person);
  // What a record's customer does not hold, and what is kept of it, the API says of each field.
  const [filled, keep, clear] = useDraft(
    "data",
    useCallback(() => toFilled(kept, FIELDS), [kept]),
  );
  const [shown, setShown] = useState(false);
  const [saved, setSaved] = useState(false);
  const [problem, setProblem] = useState<unknown>(null);
  const [busy, setBusy] = useState(false);
  const wrong = checkFilled(filled, FIELDS, REQUIRED);

  async function submit(event: FormEvent) {
    event.preventDefault();
    setShown(true);
    setSaved(false);
    if (busy || Object.keys(wrong).length > 0) return;
    setBusy(true);
    setProblem(null);
    try {
      const body = { portal_person: toSent(filled, FIELDS) as Sent };
      const answer = await ask(api.PUT("/api/v1/portal/person", { body }));
      clear();
      setKept(answer.portal_person);
      setSaved(true);
    } catch (error) {
      setProblem(error);
    }
    setBusy(false);
  }

  const login = [kept.login_email, kept.login_mobile].filter(Boolean).join(" e ");
  return (
    <form onSubmit={submit} noValidate aria-label="Meus dados" key={kept.name}>
      <p className="fits">Você entra com {login}. Para mudar isso, fale com a empresa.</p>
      {kept.units.length > 0 && (
        <p className="fits">
          Suas unidades: {kept.units.map((each) => `${each.development}, ${each.unit}`).join("; ")}.
        </p>
      )}
      <RegistrationFields
        fields={FIELDS}
        required={REQUIRED}
        filled={filled}
        wrong={shown ? { ...wrongOf(problem), ...wrong } : {}}
        change={(next) => {
          setSaved(false);
          keep(next);
        }}
      />
      <ProblemBox problem={problem} />
      <div className="row">
        <button type="submit" className="main" disabled={busy} aria-busy={busy}>
          Guardar
        </button>
        <button type="button" disabled={busy} onClick={clear}>
          Desfazer
        </button>
        <span role="status">{saved ? "Guardado." : ""}</span>
      </div>
    </form>
  );
}
