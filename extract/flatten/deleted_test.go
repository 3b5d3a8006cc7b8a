package flatten

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

// TestDeletedPrincipals: the ids of roles and users in place of an ARN.
func TestDeletedPrincipals(t *testing.T) {
	const by = `Allow sts:AssumeRole  by `
	for _, tt := range []struct{ reason, principal, want string }{
		{"a role", `{"AWS":"AROAEXAMPLEEXAMPLE123"}`, by + "AWS=AROAEXAMPLEEXAMPLE123 [deleted principal]"},
		{"a user", `{"AWS":"AIDAEXAMPLEEXAMPLE123"}`, by + "AWS=AIDAEXAMPLEEXAMPLE123 [deleted principal]"},
		{"the shortest id", `{"AWS":"AIDA567890123456"}`, by + "AWS=AIDA567890123456 [deleted principal]"},
		{"too short for an id", `{"AWS":"AIDA56789012345"}`, by + "AWS=AIDA56789012345"},
		{"an access key", `{"AWS":"AKIAEXAMPLEEXAMPLE123"}`, by + "AWS=AKIAEXAMPLEEXAMPLE123"},
		{"another kind of principal", `{"Federated":"AIDAEXAMPLEEXAMPLE123"}`, by + "Federated=AIDAEXAMPLEEXAMPLE123"},
		{"a path in it", `{"AWS":"AIDAEXAMPLE/EXAMPLE12"}`, by + "AWS=AIDAEXAMPLE/EXAMPLE12"},
	} {
		t.Run(tt.reason, func(t *testing.T) {
			got := rows(t, statement(`{"Effect":"Allow","Principal":`+tt.principal+`,"Action":"sts:AssumeRole"}`))
			if diff := cmp.Diff([]string{tt.want}, got); diff != "" {
				t.Errorf("(-want +got)\n%s", diff)
			}
		})
	}
}
