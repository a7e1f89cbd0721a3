import { Button, Group, Skeleton, Stack, Text, Title } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { api, ask, orNone } from "../../api/client";
import { Deliveries } from "../../ui/Deliveries";
import { ProblemNote } from "../../ui/ProblemNote";
import { CallbackForm } from "./CallbackForm";

/** Where notices go, and how telling the last of them went. */
export function Notices() {
  const callback = useQuery({
    queryKey: ["callback"],
    queryFn: () => orNone(ask(api.GET("/api/external/v2.1/callback")), 404),
  });
  const found = useQuery({
    queryKey: ["deliveries"],
    queryFn: () => ask(api.GET("/api/external/v2.1/callbacks/deliveries")),
  });
  const deliveries = found.data?.deliveries;
  return (
    <Stack component="section" aria-label="Avisos" gap="xs">
      <Title order={2} size="h3">
        Avisos
      </Title>
      <ProblemNote problem={callback.error ?? found.error} again={() => void found.refetch()} />
      {callback.data === null && <Text>Nenhum endereço cadastrado: os avisos não são enviados.</Text>}
      {callback.data && (
        <Text className="fits">
          {callback.data.active ? "Vão para" : "Parados; iam para"} {callback.data.url}
          {callback.data.disabled_reason ? ` (${callback.data.disabled_reason})` : ""}
        </Text>
      )}
      {callback.data !== undefined && (
        <CallbackForm there={callback.data !== null} changed={() => void callback.refetch()} />
      )}
      {found.isPending && <Skeleton height={120} />}
      {deliveries?.length === 0 && <Text>Nenhum aviso ainda.</Text>}
      {deliveries && deliveries.length > 0 && <Deliveries rows={deliveries} again={() => found.refetch()} />}
      <Group>
        <Button variant="default" size="xs" onClick={() => void found.refetch()} loading={found.isFetching}>
          Atualizar
        </Button>
      </Group>
    </Stack>
  );
}
