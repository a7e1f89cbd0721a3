import { Anchor, Container, Stack, Text, Title } from "@mantine/core";

export function App() {
  return (
    <Container size="xs" py="xl" component="main">
      <Stack gap="xs">
        <Title order={1}>Lastro</Title>
        <Text>
          Este painel ainda não tem login; o que o parceiro faz pela API está descrito na documentação.
        </Text>
        <Anchor href="docs">Documentação da API</Anchor>
      </Stack>
    </Container>
  );
}
