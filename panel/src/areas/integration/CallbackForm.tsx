import { Button, Group, NativeSelect, PasswordInput, Stack, TextInput } from "@mantine/core";
import { type FormEvent, useState } from "react";
import { api, ask } from "../../api/client";
import type { components } from "../../api/schema";
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

/** Where notices go from now on, and the secret that signs them. What authenticates is sent and never shown again. */
export function CallbackForm({ there, changed }: { there: boolean; changed: () => void }) {
  const [url, setUrl] = useState("");
  const [way, setWay] = useState<Way>("BEARER");
  const [user, setUser] = useState("");
  const [word, setWord] = useState("");
  const [secret, setSecret] = useState("");
  const [asked, setAsked] = useState("");
  const [problem, setProblem] = useState<unknown>(null);
  const [busy, setBusy] = useState(false);

  async function act(work: () => Promise<unknown>) {
    setBusy(true);
    setProblem(null);
    try {
      await work();
      setAsked("");
      changed();
    } catch (error) {
      setProblem(error);
    }
    setBusy(false);
  }

  const put = (event: FormEvent) => {
    event.preventDefault();
    void act(async () => {
      await ask(
        api.PUT("/api/external/v2.1/callback", { body: { url: url.trim(), authentication: sent() } }),
      );
      setUrl("");
      setWord("");
    });
  };
  const sent = (): Sent["authentication"] => {
    if (way === "URL") return { type: way };
    return way === "BASIC" ? { type: way, user, password: word } : { type: way, token: word };
  };
  const rotate = () =>
    act(async () => {
      const header = { "Idempotency-Key": crypto.randomUUID() };
      const made = await ask(api.POST("/api/external/v2.1/callback/signing_secret", { params: { header } }));
      setSecret(made.secret);
    });
  const remove = () => act(() => ask(api.DELETE("/api/external/v2.1/callback")));
  const twice = (name: string, work: () => Promise<void>) => (asked === name ? void work() : setAsked(name));

  return (
    <Stack gap="xs">
      <form onSubmit={put} aria-label="Endereço dos avisos">
        <Group align="flex-end">
          <TextInput
            label={there ? "Outro endereço" : "Endereço"}
            placeholder="https://"
            required
            miw={280}
            value={url}
            onChange={(event) => setUrl(event.currentTarget.value)}
          />
          <NativeSelect
            label="Autenticação"
            value={way}
            data={Object.entries(WAYS).map(([value, label]) => ({ value, label }))}
            onChange={(event) => setWay(event.currentTarget.value as Way)}
          />
          {way === "BASIC" && (
            <TextInput
              label="Usuário"
              required
              value={user}
              onChange={(event) => setUser(event.currentTarget.value)}
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
          <Button type="submit" loading={busy}>
            Guardar
          </Button>
        </Group>
      </form>
      {secret && <OneTime name="Segredo de assinatura novo" secret={secret} close={() => setSecret("")} />}
      <ProblemNote problem={problem} />
      <Group gap="xs">
        <Button size="xs" variant="default" loading={busy} onClick={() => twice("rotate", rotate)}>
          {asked === "rotate"
            ? "Trocar mesmo? O anterior ainda assina por um tempo"
            : "Trocar o segredo de assinatura"}
        </Button>
        {there && (
          <Button size="xs" variant="default" loading={busy} onClick={() => twice("remove", remove)}>
            {asked === "remove" ? "Parar mesmo?" : "Parar os avisos"}
          </Button>
        )}
      </Group>
    </Stack>
  );
}
