package gate_test

import (
	"testing"

	"iamctl/audit/gate"
)

func TestGlobal(t *testing.T) {
	for service, want := range map[string]string{
		"states.amazonaws.com":                            "states.amazonaws.com",
		"States.eu-west-1.amazonaws.com":                  "states.amazonaws.com",
		"states.cn-north-1.amazonaws.com.cn":              "states.amazonaws.com",
		"sagemaker.application-autoscaling.amazonaws.com": "sagemaker.application-autoscaling.amazonaws.com",
		"states": "states",
	} {
		if got := gate.Global(service); got != want {
			t.Errorf("%s is %s, want %s", service, got, want)
		}
	}
}
