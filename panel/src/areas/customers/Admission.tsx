import { Button, Group, NativeSelect, SimpleGrid, Stack, TextInput } from "@mantine/core";
import { api, ask } from "../../api/client";
import type { components } from "../../api/schema";
import { useForm } from "../../ui/form";
import { ProblemNote } from "../../ui/ProblemNote";

type Kind = components["schemas"]["PersonView"]["kind"];
type Draft = { kind: Kind; name: string; customer: string; email: string; mobile: string };

const KINDS: { value: Kind; label: string }[] = [
  { value: "customer", label: "Cliente" },
  { value: "prospect", label: "Prospect" },
  { value: "building_manager", label: "Síndico" },
  { value: "other", label: "Outro" },
];

function fresh(): Draft {
  return { kind: "customer", name: "", customer: "", email: "", mobile: "" };
}

/** Giving somebody access to the portal. Who is a registered customer is named by its number alone. */
export function Admission({ admitted }: { admitted: () => void }) {
  const { filled: draft, change, submit, busy, problem } = useForm("admission", fresh);
  const text = (label: string, name: "name" | "customer" | "email" | "mobile", required = false) => (
    <TextInput
      label={label}
      required={required}
      value={draft[name]}
      onChange={(event) => change({ [name]: event.currentTarget.value })}
    />
  );

  function admit(key: string) {
    const told = {
      kind: draft.kind,
      name: draft.name.trim(),
      ...(draft.customer.trim() ? { customer_id: draft.customer.trim() as never } : {}),
      ...(draft.email.trim() ? { login_email: draft.email.trim() } : {}),
      ...(draft.mobile.trim() ? { login_mobile: draft.mobile.trim() } : {}),
    };
    const params = { header: { "Idempotency-Key": key } };
    return ask(api.POST("/api/v1/portal_people", { params, body: { portal_person: told } }));
  }

  return (
    <form onSubmit={(event) => submit(event, admit, admitted)} aria-label="Dar acesso">
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
          <Button type="submit" size="xs" loading={busy !== ""} disabled={!draft.name.trim()}>
            Dar acesso
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
