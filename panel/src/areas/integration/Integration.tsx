import { Stack, Title } from "@mantine/core";
import { ApiKeys } from "./ApiKeys";
import { Clients } from "./Clients";
import { Notices } from "./Notices";
import { Requests } from "./Requests";
import { SignatureCheck } from "./SignatureCheck";
import { TestDocuments } from "./TestDocuments";

export default function Integration() {
  return (
    <Stack gap="xl">
      <Title order={1}>Integração</Title>
      <ApiKeys />
      <Clients />
      <Notices />
      <SignatureCheck />
      <Requests />
      <TestDocuments />
    </Stack>
  );
}
