import { lazy, Suspense, useCallback, useEffect, useState, useSyncExternalStore } from "react";
import { ask } from "../api/ask";
import { link, useRoute } from "../app/routes";
import { Enter } from "./Enter";
import { useLoad } from "./load";
import { ProblemBox, Waiting } from "./parts";
import { api, leave, partner, readState, renew, subscribe } from "./session";

const Board = lazy(() => import("./Board"));
const Contracts = lazy(() => import("./Contracts"));
const OwnData = lazy(() => import("./OwnData"));
const Surveys = lazy(() => import("./Surveys"));
const Update = lazy(() => import("./Update"));

const SCHEME = "lastro-portal-scheme";

export function Portal() {
  const state = useSyncExternalStore(subscribe, readState);
  const [problem, setProblem] = useState<unknown>(null);
  useEffect(() => {
    if (state === "unknown" && partner) renew().catch(setProblem);
  }, [state]);
  async function leaveNow() {
    setProblem(null);
    try {
      await leave();
    } catch (error) {
      setProblem(error);
    }
  }
  return (
    <>
      <header>
        <strong>Portal do cliente</strong>
        <span className="row">
          <SchemeButton />
          {state === "in" && (
            <button type="button" onClick={() => void leaveNow()}>
              Sair
            </button>
          )}
        </span>
      </header>
      {state === "in" && problem !== null && (
        <div className="narrow">
          <p>
            <strong>Você ainda não saiu.</strong>
          </p>
          <ProblemBox problem={problem} again={() => void leaveNow()} />
        </div>
      )}
      {state === "in" ? (
        <Inside />
      ) : (
        <main>
          {!partner && <NoPartner />}
          {partner && state === "out" && <Enter />}
          <ProblemBox problem={problem} again={() => location.reload()} />
          {partner && state === "unknown" && problem === null && <Waiting lines={4} />}
        </main>
      )}
    </>
  );
}

function Inside() {
  const [area = "mural", ...path] = useRoute();
  const unread = useLoad(
    useCallback(
      async () => (await ask(api.GET("/api/v1/portal/unread_bulletins"))).unread_bulletins.unread,
      [],
    ),
  );
  const update = useLoad(
    useCallback(
      async () => (await ask(api.GET("/api/v1/portal/registration_update"))).registration_update,
      [],
    ),
  );
  const [settled, setSettled] = useState(false);
  if (update.data?.asked && !settled) {
    return (
      <main>
        <Suspense fallback={<Waiting lines={6} />}>
          <Update form={update.data} done={() => setSettled(true)} />
        </Suspense>
      </main>
    );
  }
  const areas = [
    { path: "mural", title: "Mural", view: <Board path={path} read={unread.again} /> },
    { path: "pesquisas", title: "Pesquisas", view: <Surveys /> },
    { path: "dados", title: "Meus dados", view: <OwnData /> },
    { path: "contratos", title: "Contratos", view: <Contracts /> },
  ];
  const shown = areas.find((each) => each.path === area);
  return (
    <>
      <nav aria-label="Áreas">
        {areas.map((each) => (
          <a key={each.path} href={link(each.path)} aria-current={each === shown ? "page" : undefined}>
            {each.title}
            {each.path === "mural" && Boolean(unread.data) && (
              <span className="count">
                {unread.data}
                <span className="unseen"> não lidos</span>
              </span>
            )}
          </a>
        ))}
      </nav>
      <main>
        <ProblemBox problem={update.problem} again={update.again} />
        {update.data === null && update.problem === null ? (
          <Waiting lines={4} />
        ) : (
          <Suspense fallback={<Waiting lines={4} />}>{shown?.view ?? <h1>Nada por aqui</h1>}</Suspense>
        )}
      </main>
    </>
  );
}

function NoPartner() {
  return (
    <>
      <h1>De quem é este portal?</h1>
      <p>O endereço desta página está incompleto. Abra o portal pelo link que a empresa lhe enviou.</p>
    </>
  );
}

function SchemeButton() {
  const [scheme, setScheme] = useState(readScheme);
  useEffect(() => {
    document.documentElement.style.colorScheme = scheme;
    localStorage.setItem(SCHEME, scheme);
  }, [scheme]);
  return (
    <button type="button" onClick={() => setScheme(scheme === "dark" ? "light" : "dark")}>
      {scheme === "dark" ? "Cores claras" : "Cores escuras"}
    </button>
  );
}

function readScheme(): "dark" | "light" {
  const kept = localStorage.getItem(SCHEME);
  if (kept === "dark" || kept === "light") return kept;
  return matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light";
}
