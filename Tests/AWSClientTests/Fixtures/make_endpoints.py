"""Writes endpoints.tsv: where botocore finds each service.

Run by hand with botocore 1.43.11 (`pip install botocore==1.43.11`); the table is committed, so tests need no Python.
Columns: service id, region, FIPS, dual stack, URL, region in signatures.
"""
import os

import botocore.session
from botocore.config import Config

HERE = os.path.dirname(os.path.abspath(__file__))
for name in ("AWS_PROFILE", "AWS_ENDPOINT_URL"):
    os.environ.pop(name, None)
os.environ.update(
    AWS_ACCESS_KEY_ID="x", AWS_SECRET_ACCESS_KEY="y", AWS_CONFIG_FILE=os.devnull,
    AWS_SHARED_CREDENTIALS_FILE=os.devnull)
SERVICES = [
    "acm", "cloudwatch", "logs", "ec2", "ecr", "ecs", "elbv2", "iam", "route53", "s3", "secretsmanager",
    "servicediscovery", "ssm", "sso", "sso-oidc", "sts",
]
REGIONS = ["ap-northeast-2", "us-east-1", "us-gov-west-1", "cn-north-1"]
session = botocore.session.get_session()


def place(service, region, fips, dual):
    config = Config(use_fips_endpoint=fips, use_dualstack_endpoint=dual, s3={"us_east_1_regional_endpoint": "regional"})
    client = session.create_client(service, region_name=region, config=config)
    model = client.meta.service_model
    operation = model.operation_model("ListBuckets" if service == "s3" else model.operation_names[0])
    found = client._ruleset_resolver.construct_endpoint(
        operation_model=operation, call_args={}, request_context={})
    signing = client._request_signer.region_name
    for scheme in found.properties.get("authSchemes", []):
        if scheme["name"] == "sigv4":
            signing = scheme.get("signingRegion", signing)
    return model.metadata["serviceId"], found.url, signing


with open(os.path.join(HERE, "endpoints.tsv"), "w") as file:
    for service in SERVICES:
        for region in REGIONS:
            # There are no FIPS endpoints in China; the rules make up names for them all the same.
            for fips in (False,) if region.startswith("cn-") else (False, True):
                for dual in (False, True):
                    try:
                        identity, url, signing = place(service, region, fips, dual)
                    except Exception as error:
                        print(service, region, fips, dual, type(error).__name__, str(error)[:80])
                        continue
                    row = [identity, region, str(fips).lower(), str(dual).lower(), url, signing]
                    file.write("\t".join(row) + "\n")
