package flatten

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

// TestResourcesThatNothingCanUse: such a resource may be left out only where a
// statement has the same actions on a wider one.
func TestResourcesThatNothingCanUse(t *testing.T) {
	const (
		lost  = "Allow : arn:aws:s3:::b [no action of the statement can use this resource]"
		queue = `{"Effect":"Allow","Action":"sqs:SendMessage","Resource":["arn:aws:sqs:::q","arn:aws:s3:::b"]}`
	)
	for _, tt := range []struct {
		reason string
		text   string
		want   []string
	}{
		{
			"the same action on everything says it all",
			queue + `,{"Effect":"Allow","Action":"sqs:SendMessage","Resource":"*"}`,
			[]string{"Allow sqs:SendMessage *", "Allow sqs:SendMessage arn:aws:sqs:::q"},
		},
		{
			"more actions on everything say it all",
			queue + `,{"Effect":"Allow","Action":["sns:Publish","sqs:SendMessage"],"Resource":"*"}`,
			[]string{"Allow sns:Publish *", "Allow sqs:SendMessage *", "Allow sqs:SendMessage arn:aws:sqs:::q"},
		},
		{
			"another action on everything says nothing about it",
			queue + `,{"Effect":"Allow","Action":"sns:Publish","Resource":"*"}`,
			[]string{lost, "Allow sns:Publish *", "Allow sqs:SendMessage arn:aws:sqs:::q"},
		},
		{
			"one of two actions on everything does not either",
			`{"Effect":"Allow","Action":["sqs:SendMessage","sns:Publish"],"Resource":["arn:aws:sqs:::q","arn:aws:sns:::t","arn:aws:s3:::b"]},
				{"Effect":"Allow","Action":"sns:Publish","Resource":"*"}`,
			[]string{
				lost, "Allow sns:Publish *", "Allow sns:Publish arn:aws:sns:::t",
				"Allow sqs:SendMessage arn:aws:sqs:::q",
			},
		},
		{
			"the same action on all but something does not cover it",
			queue + `,{"Effect":"Allow","Action":"sqs:SendMessage","NotResource":"*"}`,
			[]string{
				lost, `Allow sqs:SendMessage * [NotResource] [{"NotResource":["*"]}]`,
				"Allow sqs:SendMessage arn:aws:sqs:::q",
			},
		},
		{
			"the same resource again is no wider one",
			queue + `,` + queue,
			[]string{lost, "Allow sqs:SendMessage arn:aws:sqs:::q"},
		},
		{
			"another effect is another matter",
			queue + `,{"Effect":"Deny","Action":"sqs:SendMessage","Resource":"*"}`,
			[]string{lost, "Allow sqs:SendMessage arn:aws:sqs:::q", "Deny sqs:SendMessage *"},
		},
		{
			"so is another principal",
			`{"Effect":"Allow","Principal":{"AWS":"1"},"Action":"sqs:SendMessage","Resource":["arn:aws:sqs:::q","arn:aws:s3:::b"]},
				{"Effect":"Allow","Principal":{"AWS":"2"},"Action":"sqs:SendMessage","Resource":"*"}`,
			[]string{
				"Allow : arn:aws:s3:::b by AWS=1 [no action of the statement can use this resource]",
				"Allow sqs:SendMessage * by AWS=2", "Allow sqs:SendMessage arn:aws:sqs:::q by AWS=1",
			},
		},
	} {
		t.Run(tt.reason, func(t *testing.T) {
			if diff := cmp.Diff(tt.want, rows(t, statement(tt.text))); diff != "" {
				t.Errorf("(-want +got)\n%s", diff)
			}
		})
	}
}
