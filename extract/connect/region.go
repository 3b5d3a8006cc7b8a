package connect

import (
	"fmt"
	"strings"

	"github.com/aws/aws-sdk-go-v2/config"
)

// regionOf is a region of each partition. IAM is one service per partition,
// so any region of it will do.
var regionOf = map[string]string{
	"aws":        "us-east-1",
	"aws-cn":     "cn-north-1",
	"aws-us-gov": "us-gov-west-1",
	"aws-eusc":   "eusc-de-east-1",
	"aws-iso":    "us-iso-east-1",
	"aws-iso-b":  "us-isob-east-1",
	"aws-iso-e":  "eu-isoe-west-1",
	"aws-iso-f":  "us-isof-south-1",
}

// regionFor finds a region for a profile that names none: that of its source
// profile or its SSO directory, or one of the partition that an ARN in it
// shows, or else us-east-1.
func regionFor(c *config.SharedConfig) (string, error) {
	for ; c != nil; c = c.Source {
		switch {
		case c.Region != "":
			return c.Region, nil
		case c.SSOSession != nil && c.SSOSession.SSORegion != "":
			return c.SSOSession.SSORegion, nil
		case c.SSORegion != "":
			return c.SSORegion, nil
		}
		for _, arn := range []string{c.RoleARN, c.MFASerial, c.LoginSession} {
			partition := Partition(arn)
			if partition == "" || partition == "aws" {
				continue
			}
			if region, ok := regionOf[partition]; ok {
				return region, nil
			}
			return "", fmt.Errorf("the profile has no region, and none is known for the partition %q of %s", partition, arn)
		}
	}
	return regionOf["aws"], nil
}

// Partition returns the second part of an ARN, "" where the text is none.
func Partition(arn string) string {
	parts := strings.SplitN(arn, ":", 6)
	if len(parts) < 6 || parts[0] != "arn" {
		return ""
	}
	return parts[1]
}

// AccountOf returns the account in an ARN: twelve digits, "aws" for what AWS
// owns, "" where there is none.
func AccountOf(arn string) string {
	parts := strings.SplitN(arn, ":", 6)
	if len(parts) < 6 || parts[0] != "arn" {
		return ""
	}
	return parts[4]
}
