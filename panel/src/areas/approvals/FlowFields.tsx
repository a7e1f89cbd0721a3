import { ActionIcon, Button, Group, NativeSelect, Stack, TextInput } from "@mantine/core";
import { type FlowDraft, KINDS, type PaymentRow, REPEATED } from "./cycles";

type Props = {
  draft: FlowDraft;
  change: (changes: Partial<FlowDraft>) => void;
  /** What is wrong with a field, where that is to be shown. */
  told: (name: string) => string | undefined;
};

/** The fields of a payment flow: when it is signed, for how much, and what is paid when. */
export function FlowFields({ draft, change, told }: Props) {
  const set = (place: number, changes: Partial<PaymentRow>) =>
    change({
      payments: draft.payments.map((each, other) => (other === place ? { ...each, ...changes } : each)),
    });
  return (
    <Stack>
      <Group align="flex-start">
        <TextInput
          label="Assinatura"
          type="date"
          required
          value={draft.signed}
          onChange={(event) => change({ signed: event.currentTarget.value })}
          error={told("signed")}
        />
        <TextInput
          label="Preço total"
          inputMode="decimal"
          required
          placeholder="500.000,00"
          value={draft.total}
          onChange={(event) => change({ total: event.currentTarget.value })}
          error={told("total")}
        />
      </Group>
      {draft.payments.map((row, place) => (
        // Payments have no name of their own: their place is what they are.
        // biome-ignore lint/suspicious/noArrayIndexKey: see above
        <Group key={place} align="flex-start" gap="xs" role="group" aria-label={`Parcela ${place + 1}`}>
          <NativeSelect
            label="Tipo"
            value={row.kind}
            data={Object.entries(KINDS).map(([value, label]) => ({ value, label }))}
            onChange={(event) => set(place, { kind: event.currentTarget.value as PaymentRow["kind"] })}
          />
          <TextInput
            label="Vencimento"
            type="date"
            required
            value={row.due}
            onChange={(event) => set(place, { due: event.currentTarget.value })}
            error={told(`due-${place}`)}
          />
          <TextInput
            label="Valor"
            inputMode="decimal"
            required
            w={140}
            value={row.amount}
            onChange={(event) => set(place, { amount: event.currentTarget.value })}
            error={told(`amount-${place}`)}
          />
          {REPEATED.includes(row.kind) && (
            <TextInput
              label="Quantas"
              inputMode="numeric"
              w={84}
              value={row.installments}
              onChange={(event) => set(place, { installments: event.currentTarget.value.trim() })}
              error={told(`installments-${place}`)}
            />
          )}
          {draft.payments.length > 1 && (
            <ActionIcon
              mt={28}
              variant="default"
              aria-label={`Remover a parcela ${place + 1}`}
              onClick={() => change({ payments: draft.payments.filter((_, other) => other !== place) })}
            >
              ×
            </ActionIcon>
          )}
        </Group>
      ))}
      <Button
        variant="default"
        w="fit-content"
        onClick={() =>
          change({
            payments: [...draft.payments, { due: "", amount: "", kind: "monthly", installments: "" }],
          })
        }
      >
        Acrescentar parcela
      </Button>
    </Stack>
  );
}
