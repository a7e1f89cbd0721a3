import { Button, Text } from "@mantine/core";
import { useState } from "react";
import { api, ask } from "../api/client";
import type { components } from "../api/schema";
import { ProblemNote } from "./ProblemNote";

type Kind = components["schemas"]["WantedField"]["kind"];

/**
 * A field of a person that stands masked until somebody asks for it: the API records who asked, and only then answers.
 * What it answered lies in this component alone and goes with it. `name` says in words what the field is. Of what is
 * known to be nothing (`masked` "—") there is nothing to ask for.
 */
export function Masked(props: {
  kind: Kind;
  id: string;
  field: string;
  name: string;
  masked: string;
  format?: (value: string) => string;
}) {
  const { kind, id, field, name, masked, format = (value) => value } = props;
  const [shown, setShown] = useState<string | null>(null);
  const [problem, setProblem] = useState<unknown>(null);
  const [busy, setBusy] = useState(false);

  if (masked === "—")
    return (
      <Text span inherit>
        {masked}
      </Text>
    );

  async function toggle() {
    setProblem(null);
    if (shown !== null) return setShown(null);
    setBusy(true);
    try {
      const body = { disclosure: { kind, subject_id: id, field } };
      const { data } = await ask(api.POST("/api/v1/disclosures", { body }));
      setShown(data.values.map(format).join(", ") || "não informado");
    } catch (error) {
      setProblem(error);
    }
    setBusy(false);
  }

  return (
    <>
      <Text span inherit className="fits">
        {shown ?? masked}
      </Text>{" "}
      <Button
        size="compact-xs"
        variant="default"
        className="unprinted"
        loading={busy}
        aria-pressed={shown !== null}
        aria-label={shown === null ? `Mostrar ${name}; fica registrado` : `Ocultar ${name}`}
        title="Quem vê fica registrado"
        onClick={() => void toggle()}
      >
        {shown === null ? "Mostrar" : "Ocultar"}
      </Button>
      <ProblemNote problem={problem} />
    </>
  );
}
