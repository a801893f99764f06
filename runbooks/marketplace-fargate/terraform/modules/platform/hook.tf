# Its hook
data "aws_iam_policy_document" "hook_trust" {
  statement {
    actions = ["sts:AssumeRole"]

    principals {
      type        = "Service"
      identifiers = ["lambda.amazonaws.com"]
    }
  }
}

data "aws_iam_policy_document" "hook" {
  statement {
    actions = ["codedeploy:GetDeployment", "codedeploy:PutLifecycleEventHookExecutionStatus"]
    resources = [
      "arn:${local.partition}:codedeploy:${var.region}:${local.account}:deploymentgroup:${var.application}/*",
    ]
  }

  statement {
    actions   = ["logs:CreateLogStream", "logs:PutLogEvents"]
    resources = ["${aws_cloudwatch_log_group.hook.arn}:*"]
  }
}

resource "aws_iam_role" "hook" {
  name               = local.hook
  description        = "Asks new tasks for their health before clients do"
  assume_role_policy = data.aws_iam_policy_document.hook_trust.json
}

resource "aws_iam_role_policy" "hook" {
  name   = "own"
  role   = aws_iam_role.hook.name
  policy = data.aws_iam_policy_document.hook.json
}

resource "aws_cloudwatch_log_group" "hook" {
  #checkov:skip=CKV_AWS_338:a hook's lines are of use while its deployment is; a month is plenty
  #checkov:skip=CKV_AWS_158:encrypted with the service's own key; a key of one's own would have to let the service in first
  name              = "/aws/lambda/${local.hook}"
  retention_in_days = 30
}

resource "aws_lambda_function" "hook" {
  #checkov:skip=CKV_AWS_117:it asks a public load balancer and CodeDeploy's API, and reaches nothing inside the VPC
  #checkov:skip=CKV_AWS_116:CodeDeploy waits for its answer; an event that failed is a deployment that failed, not lost work
  #checkov:skip=CKV_AWS_173:its environment holds a name and an address, and no secret
  #checkov:skip=CKV_AWS_272:its package comes from the operator's own bucket, which `hook_bucket` names
  #checkov:skip=CKV_AWS_115:as many calls as services are released at a time, and no more
  #checkov:skip=CKV_AWS_50:a call is one request, whose outcome its log tells
  function_name = local.hook
  role          = aws_iam_role.hook.arn
  runtime       = "python3.13"
  handler       = "check.handler"
  timeout       = 60
  s3_bucket     = var.hook_bucket
  s3_key        = "hooks/check.zip"

  environment {
    variables = {
      HOST    = var.host
      ADDRESS = "${aws_lb.this.dns_name}:${var.test_port}"
    }
  }

  depends_on = [aws_cloudwatch_log_group.hook, aws_iam_role_policy.hook]
}
