import { Button, Group, NativeSelect, PasswordInput, Stack, TextInput } from "@mantine/core";
import { useState } from "react";
import { api, ask } from "../../api/client";
import type { components } from "../../api/schema";
import { useAct } from "../../ui/act";
import { useForm } from "../../ui/form";
import { ProblemNote } from "../../ui/ProblemNote";
import { OneTime } from "./OneTime";

type Sent = components["schemas"]["PutCallback"];
type Way = Sent["authentication"]["type"];
const WAYS: Record<Way, string> = {
  BEARER: "Bearer",
  BASIC: "Usuário e senha",
  X_AUTH_TOKEN: "Cabeçalho X-Auth-Token",
  URL: "Na própria URL",
};
const NOWHERE = () => ({ url: "", way: "BEARER" as Way, user: "" });
const NOTHING = () => ({});

/** Where notices go from now on, and the secret that signs them. What authenticates is sent and never shown again. */
export function CallbackForm({ there, changed }: { there: boolean; changed: () => void }) {
  const form = useForm("callback", NOWHERE);
  const { url, way, user } = form.filled;
  const rotation = useForm("signing-secret", NOTHING);
  const [word, setWord] = useState("");
  const [secret, setSecret] = useState("");
  const [asked, setAsked] = useState("");
  const { busy, problem, act } = useAct();

  const authentication = (): Sent["authentication"] => {
    if (way === "URL") return { type: way };
    return way === "BASIC" ? { type: way, user, password: word } : { type: way, token: word };
  };
  const put = () => {
    const body = { url: url.trim(), authentication: authentication() };
    return ask(api.PUT("/api/external/v2.1/callback", { body }));
  };
  const kept = () => {
    setWord("");
    changed();
  };
  // Asked again under the same key, an answer that was lost is told again: the secret in it is seen nowhere else.
  const rotate = () =>
    rotation.send(
      (key) => {
        const header = { "Idempotency-Key": key };
        return ask(api.POST("/api/external/v2.1/callback/signing_secret", { params: { header } }));
      },
      (made) => {
        setSecret(made.secret);
        setAsked("");
      },
    );
  const remove = () =>
    act("remove", async () => {
      await ask(api.DELETE("/api/external/v2.1/callback"));
      setAsked("");
      changed();
    });
  const twice = (name: string, work: () => Promise<unknown>) =>
    asked === name ? void work() : setAsked(name);

  return (
    <Stack gap="xs">
      <form onSubmit={(event) => form.submit(event, put, kept)} aria-label="Endereço dos avisos">
        <Group align="flex-end">
          <TextInput
            label={there ? "Outro endereço" : "Endereço"}
            placeholder="https://"
            required
            miw={280}
            value={url}
            onChange={(event) => form.change({ url: event.currentTarget.value })}
          />
          <NativeSelect
            label="Autenticação"
            value={way}
            data={Object.entries(WAYS).map(([value, label]) => ({ value, label }))}
            onChange={(event) => form.change({ way: event.currentTarget.value as Way })}
          />
          {way === "BASIC" && (
            <TextInput
              label="Usuário"
              required
              value={user}
              onChange={(event) => form.change({ user: event.currentTarget.value })}
            />
          )}
          {way !== "URL" && (
            <PasswordInput
              label={way === "BASIC" ? "Senha" : "Token"}
              autoComplete="off"
              required
              miw={180}
              value={word}
              onChange={(event) => setWord(event.currentTarget.value)}
              visibilityToggleButtonProps={{ "aria-label": "Mostrar o que autentica" }}
            />
          )}
          <Button type="submit" loading={form.busy !== ""}>
            Guardar
          </Button>
        </Group>
      </form>
      {secret && <OneTime name="Segredo de assinatura novo" secret={secret} close={() => setSecret("")} />}
      <ProblemNote problem={form.problem ?? rotation.problem ?? problem} />
      <Group gap="xs">
        <Button
          size="xs"
          variant="default"
          loading={rotation.busy !== ""}
          onClick={() => twice("rotate", rotate)}
        >
          {asked === "rotate"
            ? "Trocar mesmo? O anterior ainda assina por um tempo"
            : "Trocar o segredo de assinatura"}
        </Button>
        {there && (
          <Button size="xs" variant="default" loading={busy !== ""} onClick={() => twice("remove", remove)}>
            {asked === "remove" ? "Parar mesmo?" : "Parar os avisos"}
          </Button>
        )}
      </Group>
    </Stack>
  );
}
