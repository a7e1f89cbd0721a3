import { Alert, Button, Fieldset, Group, NativeSelect, Stack, Text, TextInput } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useBranches } from "../../api/branches";
import { api, ask } from "../../api/client";
import { usePerson } from "../../api/person";
import { useAct } from "../../ui/act";
import { useForm } from "../../ui/form";
import { formatMoment } from "../../ui/format";
import { Part } from "../../ui/Part";
import { ProblemNote } from "../../ui/ProblemNote";
import { type Listing, OF_PEFIN, PEFIN_REASONS } from "./words";

type Held = { listing: Listing; done: () => void };
const ENDED = new Set(["baixada", "expirada", "rascunho"]);
const REFUSED = new Set(["erro", "erro_baixa"]);
const NO_REASON = () => ({ reason: "" });
const EMPTY = () => ({ kind: "court_order", number: "", issued: "" });

/** Taking a listing down with the bureau's reason, sending again what was refused, and orders that end it for good. */
export function Removal({ listing, done }: Held) {
  const ended = ENDED.has(listing.status);
  if (ended && !listing.removal) return null;
  const waiting = listing.removal !== null && listing.status === "baixa_enviada";
  return (
    <Part title="Baixa e reenvio">
      {listing.removal && (
        <Text className="fits">
          Baixa pedida por {listing.removal.requested_by} em {formatMoment(listing.removal.requested_at)}:
          motivo {listing.removal.reason}
          {OF_PEFIN.has(listing.provider) ? `, ${PEFIN_REASONS[listing.removal.reason] ?? ""}` : ""}.
        </Text>
      )}
      {!ended && !listing.removal && <Reason listing={listing} done={done} />}
      {(REFUSED.has(listing.status) || waiting) && <Resend listing={listing} done={done} />}
      {!ended && <Order listing={listing} done={done} />}
    </Part>
  );
}

/** The reasons of the bureau: PEFIN's are published, the others' are codes that the integration has fetched. */
function useReasons(listing: Listing): { value: string; label: string }[] {
  const published = OF_PEFIN.has(listing.provider);
  const { branches } = useBranches();
  const integration = branches.find((each) => each.id === listing.branch_id)?.bureau_integration_id ?? null;
  const found = useQuery({
    queryKey: ["codes", integration],
    enabled: !published && integration !== null,
    queryFn: () =>
      ask(
        api.GET("/api/v1/bureau_integrations/{integration_id}/restriction_codes", {
          params: { path: { integration_id: integration ?? 0 } },
        }),
      ),
  });
  if (published) {
    return Object.entries(PEFIN_REASONS).map(([value, label]) => ({ value, label: `${value} ${label}` }));
  }
  const codes = found.data?.data.codes ?? [];
  return codes
    .filter((each) => each.kind === "removal")
    .map((each) => ({ value: each.code, label: `${each.code} ${each.description}` }));
}

function Reason({ listing, done }: Held) {
  const { name } = usePerson();
  const { filled, change, send, busy, problem } = useForm(`removal-${listing.id}`, NO_REASON);
  const { reason } = filled;
  const reasons = useReasons(listing);

  const remove = () =>
    send(() => {
      const params = { path: { negativation_id: listing.id } };
      const body = { removal: { reason, requested_by: name } };
      return ask(api.POST("/api/v1/negativations/{negativation_id}/removal", { params, body }));
    }, done);

  return (
    <Stack gap="xs">
      <Group align="flex-end">
        <NativeSelect
          label="Motivo da baixa"
          data={[{ value: "", label: "Escolha" }, ...reasons]}
          value={reason}
          onChange={(event) => change({ reason: event.currentTarget.value })}
        />
        <Button disabled={!reason} loading={busy !== ""} onClick={() => void remove()}>
          Pedir a baixa
        </Button>
      </Group>
      <ProblemNote problem={problem} />
    </Stack>
  );
}

function Resend({ listing, done }: Held) {
  const { name } = usePerson();
  const { busy, problem, act } = useAct();
  const resend = () =>
    act("resend", async () => {
      const params = { path: { negativation_id: listing.id } };
      const body = { resend: { requested_by: name } };
      await ask(api.POST("/api/v1/negativations/{negativation_id}/resend", { params, body }));
      done();
    });
  const code = listing.attempts.at(-1)?.code;
  return (
    <Stack gap="xs">
      {code && <Text className="fits">O birô recusou: {code}. Corrija o que faltava antes de reenviar.</Text>}
      <Button variant="default" w="fit-content" loading={busy !== ""} onClick={() => void resend()}>
        Reenviar
      </Button>
      <ProblemNote problem={problem} />
    </Stack>
  );
}

function Order({ listing, done }: Held) {
  const { name } = usePerson();
  const { filled: form, change, send, busy, problem } = useForm(`order-${listing.id}`, EMPTY);
  const record = () =>
    send(() => {
      const params = { path: { negativation_id: listing.id } };
      const removal_order = {
        kind: form.kind as "court_order",
        number: form.number.trim(),
        issued_on: form.issued,
        recorded_by: name,
      };
      return ask(
        api.POST("/api/v1/negativations/{negativation_id}/removal_orders", {
          params,
          body: { removal_order },
        }),
      );
    }, done);
  return (
    <details>
      <summary>Ordem judicial ou contestação procedente</summary>
      <Fieldset legend="Baixar na hora">
        <Stack gap="xs">
          <Alert color="red" variant="outline" title="É definitivo">
            Este boleto nunca mais negativa esta pessoa, e nenhuma chamada desfaz isso.
          </Alert>
          <Group align="flex-end">
            <NativeSelect
              label="De onde vem"
              data={[
                { value: "court_order", label: "Ordem judicial" },
                { value: "contestation", label: "Contestação" },
              ]}
              value={form.kind}
              onChange={(event) => change({ kind: event.currentTarget.value })}
            />
            <TextInput
              label="Número do processo ou protocolo"
              value={form.number}
              onChange={(event) => change({ number: event.currentTarget.value })}
            />
            <TextInput
              type="date"
              label="Data dela"
              value={form.issued}
              onChange={(event) => change({ issued: event.currentTarget.value })}
            />
            <Button
              color="red"
              variant="outline"
              loading={busy !== ""}
              disabled={!form.number.trim() || !form.issued}
              onClick={() => void record()}
            >
              Registrar e baixar
            </Button>
          </Group>
          <ProblemNote problem={problem} />
        </Stack>
      </Fieldset>
    </details>
  );
}
