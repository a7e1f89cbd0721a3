/** What the API says when it refuses (RFC 9457), with the number of the request. */

export type WrongField = { field: string; rule: string; message: string };

export class Problem extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    readonly detail: string,
    readonly fields: readonly WrongField[],
    readonly requestId: string,
    readonly advice: string,
  ) {
    super(detail);
    this.name = "Problem";
  }

  /** Nobody answered: what was asked may or may not have been done. */
  static unreachable(): Problem {
    const advice = "Verifique a conexão e tente de novo; o que você preencheu continua aqui.";
    return new Problem(0, "unreachable", "O servidor não respondeu.", [], "", advice);
  }
}

const ADVICE: Record<number, string> = {
  401: "Entre de novo para continuar.",
  403: "Seu papel não permite isto; fale com o gestor.",
  404: "Ele pode ter sido removido ou pertencer a outra loja.",
  409: "Atualize a página para ver o estado atual e tente de novo.",
  422: "Corrija os campos indicados e envie de novo.",
  429: "Aguarde alguns segundos e tente de novo.",
};

/** The problem that a refusal tells; one that is no JSON has the status alone. */
export async function readProblem(response: Response): Promise<Problem> {
  const body: unknown = await response.json().catch(() => null);
  return toProblem(body, response);
}

export function toProblem(body: unknown, response: Response): Problem {
  const told = (typeof body === "object" && body !== null ? body : {}) as Record<string, unknown>;
  const fields = Array.isArray(told.errors) ? (told.errors as WrongField[]) : [];
  const id = response.headers.get("x-request-id") ?? "";
  const detail = typeof told.detail === "string" ? told.detail : `O servidor respondeu ${response.status}.`;
  const code = typeof told.code === "string" ? told.code : "unknown";
  const advice = ADVICE[response.status] ?? "Tente de novo; se continuar, informe o número da requisição.";
  return new Problem(response.status, code, detail, fields, id, advice);
}
