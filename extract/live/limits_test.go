package live_test

import (
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"iamctl/extract/connect"
	"iamctl/extract/live"
)

const identityAnswer = `<GetCallerIdentityResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><GetCallerIdentityResult>` +
	`<Arn>arn:aws:iam::123456789012:user/auditor</Arn><Account>123456789012</Account></GetCallerIdentityResult></GetCallerIdentityResponse>`

// rolesPage is a page of ListRoles that promises more.
func rolesPage(marker string, roles int) string {
	return `<ListRolesResponse xmlns="https://iam.amazonaws.com/doc/2010-05-08/"><ListRolesResult><IsTruncated>true</IsTruncated><Marker>` + marker +
		`</Marker><Roles>` + strings.Repeat(`<member><RoleName>r</RoleName></member>`, roles) + `</Roles></ListRolesResult></ListRolesResponse>`
}

// TestLimits: whatever a server answers, the reading ends, with the call and the
// limit.
func TestLimits(t *testing.T) {
	page := 0
	for _, tt := range []struct {
		reason string
		limits connect.Limits
		answer func(w io.Writer) // to ListRoles
		want   string
	}{
		{
			"pages without end",
			connect.Limits{Pages: 50, Empty: 1000},
			func(w io.Writer) { page++; io.WriteString(w, rolesPage(fmt.Sprint(page), 0)) },
			"iam:ListRoles, page 50: there are more than 50 pages",
		},
		{
			"empty pages without end",
			connect.Limits{},
			func(w io.Writer) { page++; io.WriteString(w, rolesPage(fmt.Sprint(page), 0)) },
			"iam:ListRoles, page 100: 100 pages in a row are empty, and AWS says that there is more",
		},
		{
			"roles without end",
			connect.Limits{Entities: 30},
			func(w io.Writer) { page++; io.WriteString(w, rolesPage(fmt.Sprint(page), 10)) },
			"iam:ListRoles, page 4: there are more than 30 entities",
		},
		{
			"the same marker again",
			connect.Limits{},
			func(w io.Writer) { io.WriteString(w, rolesPage("same", 1)) },
			"iam:ListRoles, page 2: AWS says that there is more, but not where it begins",
		},
		{
			"an answer without end",
			connect.Limits{Answer: 2 << 20},
			func(w io.Writer) {
				io.WriteString(w, "<ListRolesResponse><ListRolesResult>")
				for {
					if _, err := io.WriteString(w, strings.Repeat(" ", 1<<16)); err != nil {
						return
					}
				}
			},
			"iam:ListRoles, page 1: the answer has more than 2 MiB; check endpoint_url",
		},
		{
			"too much in all",
			connect.Limits{Total: 1 << 20},
			func(w io.Writer) { page++; io.WriteString(w, rolesPage(fmt.Sprint(page), 5000)) },
			"all answers together have more than 1 MiB",
		},
		{
			"an answer that trickles",
			connect.Limits{AnswerTime: 50 * time.Millisecond},
			func(w io.Writer) {
				io.WriteString(w, "<ListRolesResponse><ListRolesResult>")
				for {
					time.Sleep(10 * time.Millisecond)
					_, err := io.WriteString(w, " ")
					if w.(http.Flusher).Flush(); err != nil {
						return
					}
				}
			},
			"iam:ListRoles, page 1: the answer takes longer than 50ms",
		},
		{
			"all takes too long",
			connect.Limits{Time: 50 * time.Millisecond},
			func(w io.Writer) {
				page++
				time.Sleep(20 * time.Millisecond)
				io.WriteString(w, rolesPage(fmt.Sprint(page), 1))
			},
			"the reading takes longer than 50ms",
		},
		{"JSON", connect.Limits{}, func(w io.Writer) { io.WriteString(w, `{"Roles": []}`) }, "iam:ListRoles, page 1: gave up after 3 attempts: the answer is empty or no XML"},
		{"nothing", connect.Limits{}, func(io.Writer) {}, "iam:ListRoles, page 1: gave up after 3 attempts: the answer is empty or no XML"},
		{"a page of a portal, in plain text", connect.Limits{}, func(w io.Writer) { io.WriteString(w, "Please log in") }, "gave up after 3 attempts: the answer is empty or no XML"},
	} {
		t.Run(tt.reason, func(t *testing.T) {
			page = 0
			server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
				switch r.FormValue("Action") {
				case "GetCallerIdentity":
					io.WriteString(w, identityAnswer)
				case "ListRoles":
					tt.answer(w)
				default:
					w.WriteHeader(http.StatusForbidden)
					io.WriteString(w, `<ErrorResponse><Error><Code>AccessDenied</Code><Message>no</Message></Error></ErrorResponse>`)
				}
			}))
			defer server.Close()
			o := live.Options{Profile: "dev", Files: configFile(t, server.URL, plainProfile), Limits: tt.limits, Retry: quick}
			_, err := live.Extract(t.Context(), o)
			if err == nil || !strings.Contains(err.Error(), tt.want) {
				t.Errorf("got %v, want %q", err, tt.want)
			}
		})
	}
}
