import { Stack, Title } from "@mantine/core";
import { ApiKeys } from "./ApiKeys";
import { Notices } from "./Notices";
import { Requests } from "./Requests";

export default function Integration() {
  return (
    <Stack gap="xl">
      <Title order={1}>Integração</Title>
      <ApiKeys />
      <Notices />
      <Requests />
    </Stack>
  );
}
