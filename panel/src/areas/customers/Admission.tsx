import { Button, Group, NativeSelect, SimpleGrid, Stack, TextInput } from "@mantine/core";
import { type FormEvent, useCallback, useState } from "react";
import { api, ask } from "../../api/client";
import type { components } from "../../api/schema";
import { useDraft } from "../../ui/draft";
import { ProblemNote } from "../../ui/ProblemNote";

type Kind = components["schemas"]["PersonView"]["kind"];
type Draft = { key: string; kind: Kind; name: string; customer: string; email: string; mobile: string };

const KINDS: { value: Kind; label: string }[] = [
  { value: "customer", label: "Cliente" },
  { value: "prospect", label: "Prospect" },
  { value: "building_manager", label: "Síndico" },
  { value: "other", label: "Outro" },
];

function fresh(): Draft {
  return { key: crypto.randomUUID(), kind: "customer", name: "", customer: "", email: "", mobile: "" };
}

/** Giving somebody access to the portal. Who is a registered customer is named by its number alone. */
export function Admission({ admitted }: { admitted: () => void }) {
  const [draft, keep, clear] = useDraft<Draft>("admission", useCallback(fresh, []));
  const [problem, setProblem] = useState<unknown>(null);
  const [busy, setBusy] = useState(false);
  const change = (changes: Partial<Draft>) => keep({ ...draft, key: crypto.randomUUID(), ...changes });
  const text = (label: string, name: "name" | "customer" | "email" | "mobile", required = false) => (
    <TextInput
      label={label}
      required={required}
      value={draft[name]}
      onChange={(event) => change({ [name]: event.currentTarget.value })}
    />
  );

  async function submit(event: FormEvent) {
    event.preventDefault();
    if (busy) return;
    setBusy(true);
    setProblem(null);
    const told = {
      kind: draft.kind,
      name: draft.name.trim(),
      ...(draft.customer.trim() ? { customer_id: draft.customer.trim() as never } : {}),
      ...(draft.email.trim() ? { login_email: draft.email.trim() } : {}),
      ...(draft.mobile.trim() ? { login_mobile: draft.mobile.trim() } : {}),
    };
    try {
      await ask(
        api.POST("/api/v1/portal_people", {
          params: { header: { "Idempotency-Key": draft.key } },
          body: { portal_person: told },
        }),
      );
      clear();
      admitted();
    } catch (error) {
      setProblem(error);
    }
    setBusy(false);
  }

  return (
    <form onSubmit={submit} aria-label="Dar acesso">
      <Stack gap="xs">
        <SimpleGrid cols={{ base: 1, xs: 2, md: 3 }}>
          <NativeSelect
            label="É"
            data={KINDS}
            value={draft.kind}
            onChange={(event) => change({ kind: event.currentTarget.value as Kind })}
          />
          {text("Nome", "name", true)}
          {text("Número do cliente, se é um", "customer")}
          {text("E-mail para entrar", "email")}
          {text("Celular para entrar", "mobile")}
        </SimpleGrid>
        <ProblemNote problem={problem} />
        <Group>
          <Button type="submit" size="xs" loading={busy} disabled={!draft.name.trim()}>
            Dar acesso
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
