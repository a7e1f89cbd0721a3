import { Button, Group, Stack, Text, TextInput } from "@mantine/core";
import { useState } from "react";
import { api, ask } from "../../api/client";
import { usePerson } from "../../api/person";
import { useAct } from "../../ui/act";
import { useDraft } from "../../ui/draft";
import { Part } from "../../ui/Part";
import { ProblemNote } from "../../ui/ProblemNote";

const EMPTY = () => "";

/** Giving a reservation up, asked twice: it does not come back. */
export function Cancellation({ id, cancelled }: { id: number; cancelled: () => void }) {
  const { name } = usePerson();
  const [why, keep, clear] = useDraft(`cancellation-${id}`, EMPTY);
  const [sure, setSure] = useState(false);
  const { busy, problem, act } = useAct();

  const cancel = () =>
    act("cancel", async () => {
      const params = { path: { reservation_id: id } };
      const body = { cancellation: { cancelled_by: name, reason: why.trim() } };
      await ask(api.POST("/api/v1/reservations/{reservation_id}/cancellation", { params, body }));
      clear();
      cancelled();
    });

  return (
    <Part title="Cancelar">
      <Stack gap="xs" className="unprinted">
        <TextInput
          label="Por que cancelar"
          maw={480}
          maxLength={500}
          value={why}
          onChange={(event) => keep(event.currentTarget.value)}
        />
        {sure && (
          <Text size="sm">
            A unidade fica livre para outra pessoa na hora, e esta reserva não volta: seria preciso pedir
            outra.
          </Text>
        )}
        <ProblemNote problem={problem} />
        <Group>
          <Button
            variant="default"
            disabled={!why.trim() || name === ""}
            loading={busy !== ""}
            onClick={() => (sure ? void cancel() : setSure(true))}
          >
            {sure ? "Cancelar mesmo" : "Cancelar reserva"}
          </Button>
          {sure && (
            <Button variant="default" disabled={busy !== ""} onClick={() => setSure(false)}>
              Manter
            </Button>
          )}
        </Group>
      </Stack>
    </Part>
  );
}
