package randomname_test

import (
	"testing"

	"iamctl/equivalency"
	"iamctl/pairing/randomname"
)

// TestNamesSideBySide: names that people give side by side are none that a tool drew,
// though each alone looks random.
func TestNamesSideBySide(t *testing.T) {
	for _, row := range []struct{ stem, a, b, reason string }{
		{"app-role-", "v1lambda", "v2lambda", "versions"},
		{"app-role-", "k8snodes", "k8spods1", "abbreviations with digits"},
		{"app-role-", "team4zxq", "team9kjw", "a word in the same place"},
		{"app-role-", "jpkrtwhk", "uscabrmx", "countries"},
		{"app-role-", "sre0nyc1", "sre0lax1", "airports"},
		{"app-role-", "ec2s3sqs", "rdsvpc53", "services"},
		{"shop-Access-", "MQTTv5Broker", "AMQPv1Broker", "protocols"},
		{"shop-Access-", "K8sNodeIPAMx", "K8sPodsCSIDr", "abbreviations in capitals"},
		{"shop-Access-", "TKTJIRA48213", "TKTJIRA90177", "ticket numbers"},
		{"shop-Access-", "JIRA48213TKT", "9017TKTJIRA7", "the same word elsewhere"},
		{"shop-Access-", "CTRLMJOBS001", "CTRLMJOBS002", "serial numbers"},
		{"shop-Access-", "GDPRDSARJOB1", "HIPAAPHIJOB2", "regulations"},
		{"shop-Access-", "NYCHQ4FL1234", "LAXHQ2FL5678", "addresses"},
		{"billing-", "e2e0001", "e2e0002", "serial numbers"},
		{"billing-", "ab12345", "cd67890", "letters and digits that count on"},
		{"billing-", "f5ad001", "b2bd002", "abbreviations with serial numbers"},
		{"billing-", "b2cc2b1", "d2cb2b2", "abbreviations alone"},
		{"billing-", "9e41fa1", "9e41fa2", "codes with serial numbers"},
		{"app-role-", "x7k2pq01", "x7k2pq02", "codes with serial numbers"},
	} {
		a, _ := randomname.Of(equivalency.Role, row.stem+row.a, "/")
		b, _ := randomname.Of(equivalency.Role, row.stem+row.b, "/")
		if a.Tool != "" && b.Tool != "" && randomname.Same(a, b) {
			t.Errorf("%s and %s pair: %.1f and %.1f bits: %s", row.a, row.b, a.Evidence, b.Evidence, row.reason)
		}
	}
}

// TestDrawnSideBySide: what tools draw is of one entity, though a character or two are
// in the same place.
func TestDrawnSideBySide(t *testing.T) {
	for _, row := range []struct{ stem, a, b string }{
		{"app-role-", "j4k8x2qz", "p7m3w9rt"},
		{"app-role-", "abc123de", "7q0xk2vd"},
		{"shop-Access-", "Nx6jvr7SIftR", "utlZfOjUStEk"},
		{"shop-Access-", "17JA3GHYD8TO", "1TCLUMCY77KX"},
		{"billing-", "9f8e7d6", "1a2b3c4"},
		{"billing-", "3fa9c1e", "30b97d5"},
	} {
		a, okA := randomname.Of(equivalency.Role, row.stem+row.a, "/")
		b, okB := randomname.Of(equivalency.Role, row.stem+row.b, "/")
		if !okA || !okB || !randomname.Same(a, b) {
			t.Errorf("%s and %s do not pair: %.1f and %.1f bits", row.a, row.b, a.Evidence, b.Evidence)
		}
	}
}
