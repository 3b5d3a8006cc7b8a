package result_test

import (
	"bytes"
	"fmt"

	"iamctl/result"
	"iamctl/result/resulttest"
)

// A Result is the same whether it is made of a comparison or read from the
// diff.json of an earlier run.
func ExampleResult_Drifts() {
	made := result.New(resulttest.OneSided(), result.Meta{Iamctl: "1.2.3"})
	var file bytes.Buffer
	if err := made.Write(&file); err != nil {
		fmt.Println(err)
		return
	}
	read, err := result.Read(&file)
	if err != nil {
		fmt.Println(err)
		return
	}
	for d := range read.Drifts() {
		fmt.Printf("%s: %s\n", d.Kind, d.Text())
	}
	fmt.Println("exit code", int(read.ExitCode))
	// Output:
	// role: - role /-a/=cmd,@x, 1 item
	// role: - role /app1_accountname (dev: app1_dev), 3 items
	// role: - role /AwsSecurityAudit, 1 item
	// role: - role /aws-service-role/support.amazonaws.com/AWSServiceRoleForSupport, 1 item
	// role: - role /team/only-in-dev, 1 item
	// exit code 1
}

// What is known of the drift decides what a run comes to.
func ExampleResult_Judge() {
	r := result.New(resulttest.OneSided(), result.Meta{Iamctl: "1.2.3"})
	first := 0
	r.Judge(&result.Marks{
		Waivers: []result.Waiver{{Role: "*", Reason: "qa is not built yet", State: result.WaiverUsed, Count: 5}},
		Of:      func(string) result.Mark { return result.Mark{Waiver: &first} },
	})
	fmt.Println(r.Tally().WaivedAll, "waived, exit code", int(r.ExitCode))
	// Output:
	// 5 waived, exit code 0
}
