import { Skeleton } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { api, ask } from "../../api/client";
import { ProblemNote } from "../../ui/ProblemNote";
import { CustomerForm } from "./CustomerForm";
import { CustomerList } from "./CustomerList";
import { CustomerScreen } from "./CustomerScreen";
import { freshForm, toForm } from "./customerForm";
import { Purchases } from "./Purchases";

type Props = { path: readonly string[]; writes: boolean };

export default function Records({ path, writes }: Props) {
  const [place, act] = path;
  if (place === undefined) return <CustomerList writes={writes} />;
  if (place === "novo") return <CustomerForm name="customer-new" fresh={freshForm} />;
  const id = Number(place);
  if (act === "editar") return <Edit id={id} key={id} />;
  if (act === "cessoes" || act === "reservas" || act === "vendas") {
    return <Purchases id={id} kind={act} key={`${id}-${act}`} />;
  }
  return <CustomerScreen id={id} writes={writes} key={id} />;
}

function Edit({ id }: { id: number }) {
  const found = useQuery({
    queryKey: ["customer", id],
    queryFn: () => ask(api.GET("/api/v1/customers/{customer_id}", { params: { path: { customer_id: id } } })),
  });
  const customer = found.data?.customer;
  if (!customer) {
    return found.error ? (
      <ProblemNote problem={found.error} again={() => void found.refetch()} />
    ) : (
      <Skeleton height={480} />
    );
  }
  // A draft belongs to the version that it began with: another's changes are never written over unseen.
  return (
    <CustomerForm
      name={`customer-${id}-${customer.updated_at}`}
      fresh={() => toForm(customer)}
      customer={customer}
    />
  );
}
