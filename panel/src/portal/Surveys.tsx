import { type FormEvent, useCallback, useState } from "react";
import { ask } from "../api/ask";
import type { components } from "../api/schema";
import { useDraft } from "../ui/draft";
import { formatMoment } from "../ui/format";
import { PageList, ProblemBox } from "./parts";
import { api } from "./session";

type Survey = components["schemas"]["OwnSurveyView"];
type Answer = { score: number | null; text: string };

async function load(cursor: string | null) {
  const query = cursor === null ? {} : { cursor };
  const page = await ask(api.GET("/api/v1/portal/surveys", { params: { query } }));
  return { rows: page.surveys, next: page.next_cursor ?? null };
}

export default function Surveys() {
  return (
    <PageList
      title="Pesquisas"
      load={load}
      rowId={(each) => each.id}
      empty="Nenhuma pesquisa por enquanto."
      row={(each) => <OneSurvey survey={each} />}
    />
  );
}

function OneSurvey({ survey }: { survey: Survey }) {
  const [kept, setKept] = useState(survey);
  const [draft, keep, clear] = useDraft<Answer>(
    `survey-${survey.id}`,
    useCallback(() => ({ score: null, text: "" }), []),
  );
  const [shown, setShown] = useState(false);
  const [problem, setProblem] = useState<unknown>(null);
  const [busy, setBusy] = useState(false);
  const scores = Array.from(
    { length: survey.highest_score - survey.lowest_score + 1 },
    (_, place) => survey.lowest_score + place,
  );

  async function submit(event: FormEvent) {
    event.preventDefault();
    setShown(true);
    if (busy || draft.score === null) return;
    setBusy(true);
    setProblem(null);
    try {
      const text = draft.text.trim();
      const answer = { score: draft.score, ...(text ? { text } : {}) };
      const done = await ask(
        api.POST("/api/v1/portal/surveys/{sent_survey_id}/answer", {
          params: { path: { sent_survey_id: survey.id } },
          body: { answer },
        }),
      );
      clear();
      setKept(done.survey);
    } catch (error) {
      setProblem(error);
    }
    setBusy(false);
  }

  const about = (
    <span className="small fits">
      Protocolo {kept.protocol}, enviada em {formatMoment(kept.sent_at)}
    </span>
  );
  if (kept.answered_at) {
    return (
      <>
        <p className="fits">{kept.question}</p>
        <p className="fits">
          Você respondeu <strong>{kept.score}</strong> em {formatMoment(kept.answered_at)}
          {kept.text ? `: “${kept.text}”` : "."}
        </p>
        {about}
      </>
    );
  }
  return (
    <form onSubmit={submit} noValidate aria-label={kept.question}>
      <fieldset>
        <legend className="fits">{kept.question}</legend>
        <div className="row">
          {scores.map((score) => (
            <label key={score} className="score">
              <input
                type="radio"
                name={`score-${kept.id}`}
                checked={draft.score === score}
                onChange={() => keep({ ...draft, score })}
              />
              {score}
            </label>
          ))}
        </div>
        {shown && draft.score === null && (
          <p role="alert" className="wrong">
            Escolha uma nota
          </p>
        )}
      </fieldset>
      <div className="field">
        <label>
          Comentário
          <textarea
            rows={3}
            maxLength={2000}
            value={draft.text}
            onChange={(event) => keep({ ...draft, text: event.currentTarget.value })}
          />
        </label>
      </div>
      <ProblemBox problem={problem} />
      <div className="row">
        <button type="submit" className="main" disabled={busy} aria-busy={busy}>
          Responder
        </button>
        {about}
      </div>
    </form>
  );
}
