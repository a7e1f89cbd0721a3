import { type FormEvent, useCallback, useState } from "react";
import { ask } from "../api/ask";
import type { components } from "../api/schema";
import { useDraft } from "../ui/draft";
import { ProblemBox } from "./parts";
import { RegistrationFields } from "./RegistrationFields";
import { checkFilled, toFilled, toSent, wrongOf } from "./registration";
import { api } from "./session";

type Sent = components["schemas"]["FilledForm"];
type Props = { form: components["schemas"]["UpdateView"]; done: () => void };

/** The periodic update. Who puts it off is asked again at the next login: the API sees to that. */
export default function Update({ form, done }: Props) {
  const [filled, keep, clear] = useDraft(
    "update",
    useCallback(() => toFilled(form.registration, form.shown), [form]),
  );
  const [shown, setShown] = useState(false);
  const [problem, setProblem] = useState<unknown>(null);
  const [busy, setBusy] = useState(false);
  const wrong = checkFilled(filled, form.shown, form.required);

  async function act(call: () => Promise<unknown>) {
    setBusy(true);
    setProblem(null);
    try {
      await call();
      clear();
      done();
    } catch (error) {
      setProblem(error);
      setBusy(false);
    }
  }

  function submit(event: FormEvent) {
    event.preventDefault();
    setShown(true);
    if (busy || Object.keys(wrong).length > 0) return;
    const body = { registration_update: toSent(filled, form.shown) as Sent };
    void act(() => ask(api.POST("/api/v1/portal/registration_update", { body })));
  }

  return (
    <form onSubmit={submit} noValidate aria-label="Atualização cadastral">
      <h1>Seus dados ainda são estes?</h1>
      <p>Confira, corrija o que mudou e confirme.</p>
      <RegistrationFields
        fields={form.shown}
        required={form.required}
        filled={filled}
        wrong={shown ? { ...wrongOf(problem), ...wrong } : {}}
        change={keep}
      />
      <ProblemBox problem={problem} />
      <div className="row">
        <button type="submit" className="main" disabled={busy} aria-busy={busy}>
          Confirmar
        </button>
        <button
          type="button"
          disabled={busy}
          onClick={() => void act(() => ask(api.POST("/api/v1/portal/registration_update/postpone")))}
        >
          Agora não
        </button>
      </div>
    </form>
  );
}
