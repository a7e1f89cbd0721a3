import { type FormEvent, useCallback, useState } from "react";
import { ask } from "../api/ask";
import { Problem } from "../api/problem";
import { useDraft } from "../ui/draft";
import { formatMoment } from "../ui/format";
import { Field, ProblemBox } from "./parts";
import { api, enter, partner } from "./session";

type Asked = { address: string; login: string; until: string };

const FRESH: Asked = { address: "", login: "", until: "" };

/** Logging in by a code. Whether somebody is at an address is never said. */
export function Enter() {
  const [asked, keep, clear] = useDraft<Asked>(
    "login",
    useCallback(() => FRESH, []),
  );
  const { address } = asked;
  const setAddress = (typed: string) => keep({ ...asked, address: typed });
  const [code, setCode] = useState("");
  const [problem, setProblem] = useState<unknown>(null);
  const [busy, setBusy] = useState(false);

  async function act(work: () => Promise<void>) {
    setBusy(true);
    setProblem(null);
    try {
      await work();
    } catch (error) {
      setProblem(error);
    }
    setBusy(false);
  }

  const askForCode = () =>
    act(async () => {
      const to = address.trim();
      const place = to.includes("@") ? { email: to } : { mobile: to };
      const { portal_login } = await ask(
        api.POST("/api/v1/portal/logins", { body: { portal_login: { partner_id: partner, ...place } } }),
      );
      setCode("");
      keep({ address: to, login: portal_login.id, until: portal_login.expires_at });
    });

  function submit(event: FormEvent) {
    event.preventDefault();
    if (busy) return;
    if (!asked.login) void askForCode();
    else
      void act(async () => {
        await enter(asked.login, code.replace(/\D/g, ""));
        clear();
      });
  }

  const wrong = problem instanceof Problem && problem.code === "code_refused";
  return (
    <form onSubmit={submit} aria-label="Entrar" className="narrow">
      <h1>Entrar</h1>
      {asked.login ? (
        <>
          <p>
            Se <strong className="fits">{asked.address}</strong> tem acesso, um código de seis dígitos chega
            em instantes. Ele vale até {formatMoment(asked.until)}.
          </p>
          <Field
            label="Código"
            required
            inputMode="numeric"
            autoComplete="one-time-code"
            maxLength={20}
            value={code}
            onChange={(event) => setCode(event.currentTarget.value)}
            error={wrong ? "O código não vale: está errado, venceu ou já foi usado." : undefined}
            autoFocus
          />
        </>
      ) : (
        <Field
          label="E-mail ou celular"
          required
          autoComplete="username"
          maxLength={254}
          value={address}
          onChange={(event) => setAddress(event.currentTarget.value)}
          hint="Você recebe um código para entrar; não há senha."
        />
      )}
      <ProblemBox problem={problem} />
      <div className="row">
        <button type="submit" className="main" disabled={busy} aria-busy={busy}>
          {asked.login ? "Entrar" : "Receber código"}
        </button>
        {asked.login && (
          <>
            <button type="button" disabled={busy} onClick={() => void askForCode()}>
              Pedir outro código
            </button>
            <button
              type="button"
              onClick={() => {
                setProblem(null);
                clear();
              }}
            >
              Trocar de endereço
            </button>
          </>
        )}
      </div>
      <Demo choose={asked.login ? null : setAddress} />
    </form>
  );
}

/** On a computer that shows the system: whom to log in as, and where the codes lie. */
function Demo({ choose }: { choose: ((address: string) => void) | null }) {
  const told = document.querySelector<HTMLMetaElement>('meta[name="demo-people"]')?.content ?? "";
  const [person, outbox] = told.split(" ");
  if (!person?.includes("@") || !outbox) return null;
  return (
    <aside className="note" aria-label="Demonstração">
      <p>Cliente de demonstração deste computador:</p>
      {choose ? (
        <button type="button" onClick={() => choose(person)}>
          {person}
        </button>
      ) : (
        <a href={outbox} target="_blank" rel="noreferrer">
          Caixa de saída, onde está o código
        </a>
      )}
    </aside>
  );
}
