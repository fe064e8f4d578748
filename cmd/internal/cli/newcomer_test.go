package cli

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"
)

// TestANewcomerFillsTheWorkbookAndSeesAFindingCured goes the way of somebody new: open a ledger, fill in the workbook, import
// it, ask who may approve 200,000 GBP on the credit model, see it denied with the reason, see the findings, cure one, see it
// gone.
func TestANewcomerFillsTheWorkbookAndSeesAFindingCured(t *testing.T) {
	dir := t.TempDir()
	data, file, cure := filepath.Join(dir, "data"), filepath.Join(dir, "organisation.xlsx"), filepath.Join(dir, "cure.json")
	buckstop := func(args ...string) result { return run(t, "", append([]string{"--data", data}, args...)...) }
	opened := succeeds(t, "", "--data", data, "init", "acme", "--organization", "Acme Bank plc", "--governing-body", "board", "--effective", "2026-01-01")
	require.Contains(t, opened, "import --template organisation.xlsx", "it says that there is a workbook")
	succeeds(t, "", "import", "--template", file)

	f := fillIn(t, file)
	f.row("Parties", "Id", "ada", "Name", "Ada Okafor", "Kind", "person", "Effective date", "2026-01-01")
	f.row("Parties", "Id", "ben", "Name", "Ben Hale", "Kind", "person", "Effective date", "2026-01-01")
	f.row("Scopes", "Id", "credit-model", "Name", "Credit model", "Effective date", "2026-01-01")
	f.row("Roles", "Id", "cro", "Name", "Chief risk officer", "Effective date", "2026-01-01")
	f.row("Appointments", "Party", "ada", "To a", "body", "Role or body", "board", "Effective date", "2026-01-01")
	f.row("Delegations", "Id", "d-cro", "From", "board", "To", "cro", "Scope", "credit-model", "Powers", "credit.approve", "Effective date", "2026-01-10",
		"Limit 1 amount", 150000, "Limit 1 unit", "GBP", "Limit 1 per", "act", "Limit 1 of", "credit")
	f.save()
	succeeds(t, "", "--data", data, "import", file)

	may := buckstop("can", "cro", "credit.approve", "credit-model", "--amount", "credit=200000GBP", "--at", "2026-03-01")
	require.Equal(t, exitCheck, may.code)
	require.Contains(t, may.stdout, "cro is vacant on 1 March 2026 and cannot act. [NOT_IN_OFFICE]")
	found := buckstop("findings", "--code", "VACANT", "--at", "2026-03-01")
	require.Contains(t, found.stdout, "Chief risk officer (cro) holds d-cro over Credit model (credit-model) and nobody is in office")
	require.Contains(t, found.stdout, "to cure  Assign cro to somebody, or revoke d-cro.")
	require.Equal(t, exitCheck, buckstop("findings", "--code", "VACANT", "--at", "2026-03-01", "--fail-on", "medium").code)

	require.NoError(t, os.WriteFile(cure, []byte(`{"type":"role.assigned","effective":"2026-02-01","by":"board","data":{"role":"cro","party":"ben"}}`), 0o600))
	succeeds(t, "", "--data", data, "record", cure)
	require.Zero(t, buckstop("findings", "--code", "VACANT", "--at", "2026-03-01", "--fail-on", "low").code)
	require.Contains(t, buckstop("findings", "--code", "VACANT", "--at", "2026-01-20").stdout, "Post vacant", "in January it was vacant")

	may = buckstop("can", "ben", "credit.approve", "credit-model", "--amount", "credit=200000GBP", "--at", "2026-03-01")
	require.Equal(t, exitCheck, may.code)
	require.Contains(t, may.stdout, "200000 GBP is more than the 150000 GBP per act that d-cro allows. [EXCEEDS_LIMIT]")
	require.Zero(t, buckstop("can", "ben", "credit.approve", "credit-model", "--amount", "credit=150000GBP", "--at", "2026-03-01").code)
}
