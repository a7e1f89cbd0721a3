/** A bulletin as a form. Pure. */

import type { components } from "../../api/schema";

type View = components["schemas"]["BulletinView"];
type Kind = View["kind"];

export type BulletinDraft = {
  kind: Kind;
  /** One a line. */
  developments: string;
  /** One a line: the development, then the unit, apart by a semicolon. */
  units: string;
  groups: string[];
  title: string;
  /** Paragraphs apart by an empty line. */
  text: string;
  startsOn: string;
  endsOn: string;
};

export const AUDIENCES: Record<Kind, string> = {
  diversos: "Todos os que têm acesso",
  empreendimento: "Quem tem unidade em um empreendimento",
  unidade: "Quem tem uma unidade",
  grupo: "Um grupo",
};
export const GROUPS = [
  { value: "customer", label: "Clientes" },
  { value: "prospect", label: "Prospects" },
  { value: "building_manager", label: "Síndicos" },
  { value: "other", label: "Outros" },
];
export const STATES: Record<View["state"], string> = {
  scheduled: "Agendado",
  published: "Publicado",
  ended: "Terminado",
  withdrawn: "Retirado",
};

export function freshBulletin(): BulletinDraft {
  const empty = { developments: "", units: "", groups: [], title: "", text: "", startsOn: "", endsOn: "" };
  return { kind: "diversos", ...empty };
}

export function toBulletin(view: View): BulletinDraft {
  return {
    kind: view.kind,
    developments: view.developments.join("\n"),
    units: view.units.map((each) => `${each.development}; ${each.unit}`).join("\n"),
    groups: [...view.groups],
    title: view.title,
    text: view.paragraphs.join("\n\n"),
    startsOn: view.starts_on,
    endsOn: view.ends_on ?? "",
  };
}

/** Wrong fields by their names; empty when it may be sent. */
export function checkBulletin(draft: BulletinDraft): Record<string, string> {
  const wrong: Record<string, string> = {};
  if (!draft.title.trim()) wrong.title = "Preencha este campo";
  if (!draft.text.trim()) wrong.text = "Preencha este campo";
  if (draft.kind === "empreendimento" && linesOf(draft.developments).length === 0) {
    wrong.developments = "Escreva um empreendimento por linha";
  }
  const units = linesOf(draft.units);
  if (draft.kind === "unidade" && (units.length === 0 || units.some((each) => readUnit(each) === null))) {
    wrong.units = "Escreva uma unidade por linha, como Residencial Exemplo; Torre A, 101";
  }
  if (draft.kind === "grupo" && draft.groups.length === 0) wrong.groups = "Escolha ao menos um grupo";
  if (draft.startsOn && draft.endsOn && draft.endsOn < draft.startsOn)
    wrong.endsOn = "Termina antes de começar";
  return wrong;
}

/** What the API takes: of the audience, the field of its kind alone. */
export function toSent(draft: BulletinDraft): Record<string, unknown> {
  const audience: Record<Kind, Record<string, unknown>> = {
    diversos: {},
    empreendimento: { developments: linesOf(draft.developments) },
    unidade: { units: linesOf(draft.units).map(readUnit) },
    grupo: { groups: draft.groups },
  };
  return {
    kind: draft.kind,
    ...audience[draft.kind],
    title: draft.title.trim(),
    paragraphs: draft.text
      .split(/\n\s*\n/)
      .map((each) => each.replace(/\s*\n\s*/g, " ").trim())
      .filter(Boolean),
    ...(draft.startsOn ? { starts_on: draft.startsOn } : {}),
    ...(draft.endsOn ? { ends_on: draft.endsOn } : {}),
  };
}

function linesOf(text: string): string[] {
  return text
    .split("\n")
    .map((each) => each.trim())
    .filter(Boolean);
}

function readUnit(line: string): { development: string; unit: string } | null {
  const [development, unit, more] = line.split(";").map((each) => each.trim());
  return development && unit && more === undefined ? { development, unit } : null;
}
