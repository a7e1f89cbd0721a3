export default function Contracts() {
  return (
    <>
      <h1>Contratos</h1>
      <p>Seus contratos ainda não aparecem aqui. Peça uma cópia à empresa.</p>
    </>
  );
}
