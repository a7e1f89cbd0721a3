import { useCallback, useEffect } from "react";
import { ask } from "../api/ask";
import { link } from "../app/routes";
import { formatDay, formatMoment } from "../ui/format";
import { useLoad } from "./load";
import { PageList, ProblemBox, Waiting } from "./parts";
import { api } from "./session";

/** Bulletins that reach one today; `read` is told that one of them was opened. */
export default function Board({ path, read }: { path: readonly string[]; read: () => void }) {
  const [id] = path;
  return id === undefined ? <BulletinList /> : <Bulletin key={id} id={Number(id)} read={read} />;
}

async function load(cursor: string | null) {
  const query = cursor === null ? {} : { cursor };
  const page = await ask(api.GET("/api/v1/portal/bulletins", { params: { query } }));
  return { rows: page.bulletins, next: page.next_cursor ?? null };
}

function BulletinList() {
  return (
    <PageList
      title="Mural"
      load={load}
      rowId={(each) => each.id}
      empty="Nenhum comunicado hoje."
      row={(each) => (
        <>
          <a href={link("mural", String(each.id))} className="fits">
            {each.title}
          </a>
          <span className="small">
            {each.read_at ? `Lido em ${formatMoment(each.read_at)}` : <strong>Não lido</strong>}
            {" · "}
            {formatDay(each.starts_on)}
            {each.ends_on ? ` a ${formatDay(each.ends_on)}` : ""}
          </span>
        </>
      )}
    />
  );
}

function Bulletin({ id, read }: { id: number; read: () => void }) {
  const found = useLoad(
    useCallback(
      async () =>
        (
          await ask(
            api.POST("/api/v1/portal/bulletins/{bulletin_id}/read", {
              params: { path: { bulletin_id: id } },
            }),
          )
        ).bulletin,
      [id],
    ),
  );
  const opened = found.data !== null;
  useEffect(() => {
    if (opened) read();
  }, [opened, read]);
  return (
    <article>
      <a href={link("mural")}>Voltar ao mural</a>
      <ProblemBox problem={found.problem} again={found.again} />
      {found.data === null && found.problem === null && <Waiting lines={4} />}
      {found.data && (
        <>
          <h1 className="fits">{found.data.title}</h1>
          {found.data.paragraphs.map((text, place) => (
            // Paragraphs have no name of their own: their place is what they are.
            // biome-ignore lint/suspicious/noArrayIndexKey: see above
            <p key={place} className="fits">
              {text}
            </p>
          ))}
        </>
      )}
    </article>
  );
}
