import { Button, Group, Text, TextInput } from "@mantine/core";
import { useState } from "react";
import { api, ask, orNone } from "../../api/client";
import type { components } from "../../api/schema";
import { formatCents } from "../../ui/format";
import { ProblemNote } from "../../ui/ProblemNote";

type Model = components["schemas"]["CatalogueModelView"];

/** The vehicle in words ("aurora 1.0 2022"): the model that the catalogue takes it for, used only once it is confirmed. */
export function ModelSearch({ use }: { use: (model: Model) => void }) {
  const [words, setWords] = useState("");
  const [found, setFound] = useState<Model | null | undefined>(undefined);
  const [problem, setProblem] = useState<unknown>(null);
  const [busy, setBusy] = useState(false);

  async function search() {
    setBusy(true);
    setProblem(null);
    setFound(undefined);
    try {
      const query = { q: words.trim() };
      const answer = await orNone(ask(api.GET("/api/v1/vehicle_models/search", { params: { query } })), 404);
      setFound(answer?.vehicle_model ?? null);
    } catch (error) {
      setProblem(error);
    }
    setBusy(false);
  }

  return (
    <>
      <Group align="flex-end" gap="xs" mb="sm">
        <TextInput
          label="Buscar no catálogo"
          description="Marca, nome, versão ou ano"
          placeholder="aurora 1.0 2022"
          miw={240}
          value={words}
          onChange={(event) => setWords(event.currentTarget.value)}
          onKeyDown={(event) => {
            if (event.key !== "Enter") return;
            // Enter here looks for the vehicle, and does not send the form around it.
            event.preventDefault();
            if (words.trim()) void search();
          }}
        />
        <Button variant="default" loading={busy} disabled={!words.trim()} onClick={() => void search()}>
          Buscar veículo
        </Button>
      </Group>
      <ProblemNote problem={problem} />
      <Text size="sm" role="status" className="fits">
        {found === null && "O catálogo não conhece este veículo; escreva o código Molicar."}
        {found &&
          `${found.brand} ${found.name} ${found.version}, ${found.year_start} a ${found.year_end}, Molicar ${found.molicar_code}${found.public_price_cents === null ? "" : `, ${formatCents(found.public_price_cents)}`}`}
      </Text>
      {found && (
        <Button
          size="xs"
          variant="default"
          mb="sm"
          onClick={() => {
            use(found);
            setFound(undefined);
            setWords("");
          }}
        >
          Usar este veículo
        </Button>
      )}
    </>
  );
}
