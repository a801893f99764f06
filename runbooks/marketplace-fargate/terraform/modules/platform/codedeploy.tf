# CodeDeploy
resource "aws_codedeploy_app" "this" {
  name             = var.application
  compute_platform = "ECS"
}

data "aws_iam_policy_document" "codedeploy_trust" {
  statement {
    actions = ["sts:AssumeRole"]

    principals {
      type        = "Service"
      identifiers = ["codedeploy.amazonaws.com"]
    }

    condition {
      test     = "StringEquals"
      variable = "aws:SourceAccount"
      values   = [local.account]
    }
  }
}

resource "aws_iam_role" "codedeploy" {
  name               = "${var.prefix}-codedeploy"
  description        = "Moves the market's services from blue to green"
  assume_role_policy = data.aws_iam_policy_document.codedeploy_trust.json
}

# What CodeDeploy does on ECS, on this cluster, this load balancer and this hook alone; AWS's own policy is for all of them.
data "aws_iam_policy_document" "codedeploy" {
  #checkov:skip=CKV_AWS_356:the looks of ELB and CloudWatch know no resources
  statement {
    actions = ["ecs:DescribeServices", "ecs:CreateTaskSet", "ecs:UpdateServicePrimaryTaskSet", "ecs:DeleteTaskSet"]
    resources = [
      "arn:${local.partition}:ecs:${var.region}:${local.account}:service/${var.cluster}/*",
      "arn:${local.partition}:ecs:${var.region}:${local.account}:task-set/${var.cluster}/*/*",
    ]
  }

  statement {
    actions = [
      "elasticloadbalancing:DescribeTargetGroups",
      "elasticloadbalancing:DescribeListeners",
      "elasticloadbalancing:DescribeRules",
      "cloudwatch:DescribeAlarms",
    ]
    resources = ["*"]
  }

  statement {
    actions = ["elasticloadbalancing:ModifyListener", "elasticloadbalancing:ModifyRule"]
    resources = [
      "arn:${local.partition}:elasticloadbalancing:${var.region}:${local.account}:listener/app/${var.load_balancer}/*",
      "arn:${local.partition}:elasticloadbalancing:${var.region}:${local.account}:listener-rule/app/${var.load_balancer}/*",
    ]
  }

  statement {
    actions   = ["lambda:InvokeFunction"]
    resources = [aws_lambda_function.hook.arn]
  }

  statement {
    actions   = ["iam:PassRole"]
    resources = ["arn:${local.partition}:iam::${local.account}:role/${var.prefix}-*"]

    condition {
      test     = "StringEquals"
      variable = "iam:PassedToService"
      values   = ["ecs-tasks.amazonaws.com"]
    }
  }
}

resource "aws_iam_role_policy" "codedeploy" {
  name   = "own"
  role   = aws_iam_role.codedeploy.name
  policy = data.aws_iam_policy_document.codedeploy.json
}
