import { Checkbox, Group, MultiSelect, NativeSelect, Stack, Title } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useId } from "react";
import { api, ask } from "../../api/client";
import type { components } from "../../api/schema";
import { FormEnd } from "../../ui/FormEnd";
import { useForm } from "../../ui/form";

type Bounds = Pick<components["schemas"]["ApiKeyView"], "store_ids" | "panel" | "role">;
type Scope = components["schemas"]["ClientView"]["scopes"][number];

export const SCOPES: readonly Scope[] = ["api-external", "api-caas", "api-bu-caas"];

const PANELS = { manager: "gestão", broker: "corretor", agency: "imobiliária" };

type Props = {
  name: string;
  title: string;
  /** Of a client: what its tokens may open, at least one of these. */
  scopes?: readonly Scope[];
  make: (body: Bounds, scopes: Scope[]) => Promise<string>;
  made: (secret: string) => void;
};

/** Makes a credential, bound as somebody chooses; its secret goes to whoever shows it. */
export function NewCredential({ name, title, scopes, make, made }: Props) {
  const id = useId();
  const stores = useQuery({ queryKey: ["stores"], queryFn: () => ask(api.GET("/api/v1/stores")) });
  const form = useForm(
    name,
    () => ({ stores: [] as string[], panel: "", role: "member", scopes: [] as string[] }),
    (filled): Record<string, string> =>
      scopes && filled.scopes.length === 0 ? { scopes: "Escolha ao menos um." } : {},
  );
  const { filled } = form;

  function send() {
    const chosen = filled.stores.map(Number);
    const bounds = {
      store_ids: chosen.length > 0 ? chosen : null,
      panel: filled.panel === "" ? null : (filled.panel as Bounds["panel"]),
      role: filled.role as Bounds["role"],
    };
    return make(bounds, filled.scopes as Scope[]);
  }

  return (
    <form aria-labelledby={id} onSubmit={(event) => form.submit(event, send, made)}>
      <Stack gap="sm">
        <Title order={3} id={id}>
          {title}
        </Title>
        {scopes && (
          <Checkbox.Group
            label="Abre"
            value={filled.scopes}
            onChange={(chosen) => form.change({ scopes: chosen })}
            error={form.told("scopes")}
          >
            <Group mt="xs">
              {scopes.map((scope) => (
                <Checkbox key={scope} value={scope} label={scope} />
              ))}
            </Group>
          </Checkbox.Group>
        )}
        <MultiSelect
          label="Lojas"
          description="Sem escolha: todas"
          data={(stores.data?.stores ?? []).map((each) => ({
            value: String(each.id),
            label: `${each.id} ${each.name}`,
          }))}
          value={filled.stores}
          onChange={(chosen) => form.change({ stores: chosen })}
        />
        <Group grow>
          <NativeSelect
            label="Painel"
            data={[
              { value: "", label: "qualquer um" },
              ...Object.entries(PANELS).map(([value, label]) => ({ value, label })),
            ]}
            value={filled.panel}
            onChange={(event) => form.change({ panel: event.currentTarget.value })}
          />
          <NativeSelect
            label="Pode"
            data={[
              { value: "member", label: "ler e alterar" },
              { value: "reader", label: "só ler" },
            ]}
            value={filled.role}
            onChange={(event) => form.change({ role: event.currentTarget.value })}
          />
        </Group>
        <FormEnd form={form} send={title} />
      </Stack>
    </form>
  );
}

/** What a credential is held to, in words. */
export function sayBounds({ store_ids, panel, role }: Bounds): string {
  const stores = store_ids === null ? "todas as lojas" : `lojas ${store_ids.join(", ")}`;
  return [
    stores,
    ...(panel ? [`painel: ${PANELS[panel]}`] : []),
    ...(role === "reader" ? ["só lê"] : []),
  ].join("; ");
}
