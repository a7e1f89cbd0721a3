import {
  Alert,
  Button,
  Code,
  Container,
  Paper,
  PasswordInput,
  Stack,
  Text,
  TextInput,
  Title,
} from "@mantine/core";
import { type FormEvent, useState } from "react";
import { ProblemNote } from "../ui/ProblemNote";
import { answer, logIn, type Question } from "./session";

const LABELS: Record<string, string> = {
  NEW_PASSWORD_REQUIRED: "Nova senha",
  SOFTWARE_TOKEN_MFA: "Código do aplicativo autenticador",
  MFA_SETUP: "Código que o aplicativo mostra",
};

function readDemo(): { people: string[]; password: string } | null {
  const words = document.querySelector<HTMLMetaElement>("meta[name=demo-people]")?.content.split(" ") ?? [];
  const password = words.pop();
  return password && words.length > 0 ? { people: words, password } : null;
}

export function Login() {
  const [email, setEmail] = useState("");
  const [password, setPassword] = useState("");
  const [text, setText] = useState("");
  const [question, setQuestion] = useState<Question | null>(null);
  const [problem, setProblem] = useState<unknown>(null);
  const [busy, setBusy] = useState(false);
  const demo = readDemo();

  async function submit(event: FormEvent) {
    event.preventDefault();
    setBusy(true);
    setProblem(null);
    try {
      setQuestion(question ? await answer(email, question, text) : await logIn(email, password));
      setText("");
    } catch (error) {
      setProblem(error);
    } finally {
      setBusy(false);
    }
  }

  return (
    <Container size={420} py="xl" component="main">
      <Stack>
        <Title order={1}>Lastro</Title>
        <Paper withBorder p="lg" component="form" onSubmit={submit} aria-label="Entrar">
          <Stack>
            {question === null ? (
              <>
                <TextInput
                  label="E-mail"
                  type="email"
                  autoComplete="username"
                  required
                  autoFocus
                  value={email}
                  onChange={(event) => setEmail(event.currentTarget.value)}
                />
                <PasswordInput
                  label="Senha"
                  autoComplete="current-password"
                  required
                  value={password}
                  onChange={(event) => setPassword(event.currentTarget.value)}
                  visibilityToggleButtonProps={{ "aria-label": "Mostrar a senha" }}
                />
              </>
            ) : (
              <>
                {question.secret && (
                  <Text size="sm" className="fits">
                    Cadastre esta chave no aplicativo autenticador: <Code>{question.secret}</Code>
                  </Text>
                )}
                {question.challenge === "NEW_PASSWORD_REQUIRED" ? (
                  <PasswordInput
                    label={LABELS[question.challenge]}
                    description="Ao menos 12 caracteres, com letras maiúsculas e minúsculas e um número"
                    autoComplete="new-password"
                    required
                    value={text}
                    onChange={(event) => setText(event.currentTarget.value)}
                    visibilityToggleButtonProps={{ "aria-label": "Mostrar a senha" }}
                  />
                ) : (
                  <TextInput
                    label={LABELS[question.challenge] ?? "Resposta"}
                    inputMode="numeric"
                    autoComplete="one-time-code"
                    required
                    value={text}
                    onChange={(event) => setText(event.currentTarget.value)}
                  />
                )}
              </>
            )}
            <ProblemNote problem={problem} />
            <Button type="submit" loading={busy}>
              Entrar
            </Button>
          </Stack>
        </Paper>
        {demo && (
          <Alert role="note" variant="outline" color="gray" title="Pessoas de demonstração deste computador">
            <Stack gap={4} align="flex-start">
              {demo.people.map((person) => (
                <Button
                  key={person}
                  variant="default"
                  size="compact-sm"
                  onClick={() => {
                    setEmail(person);
                    setPassword(demo.password);
                  }}
                >
                  {person}
                </Button>
              ))}
              <Text size="sm">
                Senha: <Code>{demo.password}</Code>
              </Text>
            </Stack>
          </Alert>
        )}
      </Stack>
    </Container>
  );
}
