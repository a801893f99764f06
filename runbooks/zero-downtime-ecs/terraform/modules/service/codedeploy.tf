# CodeDeploy, for blue-green
resource "aws_codedeploy_app" "this" {
  for_each = local.shifted ? toset(["codedeploy"]) : toset([])

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
  for_each = local.shifted ? toset(["codedeploy"]) : toset([])

  name               = "${var.family}-codedeploy"
  description        = "Moves ${var.service} from blue to green"
  assume_role_policy = data.aws_iam_policy_document.codedeploy_trust.json
}

# What CodeDeploy does on ECS, on this service and this load balancer alone; AWS's own policy is for all of them.
data "aws_iam_policy_document" "codedeploy" {
  #checkov:skip=CKV_AWS_356:the looks of ELB and CloudWatch know no resources
  statement {
    actions = ["ecs:DescribeServices", "ecs:CreateTaskSet", "ecs:UpdateServicePrimaryTaskSet", "ecs:DeleteTaskSet"]
    resources = [
      "arn:${local.partition}:ecs:${var.region}:${local.account}:service/${var.cluster}/${var.service}",
      "arn:${local.partition}:ecs:${var.region}:${local.account}:task-set/${var.cluster}/${var.service}/*",
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
    actions   = ["iam:PassRole"]
    resources = ["arn:${local.partition}:iam::${local.account}:role/${var.family}-*"]

    condition {
      test     = "StringEquals"
      variable = "iam:PassedToService"
      values   = ["ecs-tasks.amazonaws.com"]
    }
  }
}

resource "aws_iam_role_policy" "codedeploy" {
  for_each = aws_iam_role.codedeploy

  name   = "own"
  role   = each.value.name
  policy = data.aws_iam_policy_document.codedeploy.json
}

resource "aws_codedeploy_deployment_group" "this" {
  for_each = local.shifted ? toset([var.service]) : toset([])

  app_name               = aws_codedeploy_app.this["codedeploy"].name
  deployment_group_name  = each.value
  service_role_arn       = aws_iam_role.codedeploy["codedeploy"].arn
  deployment_config_name = "CodeDeployDefault.ECSAllAtOnce"

  deployment_style {
    deployment_type   = "BLUE_GREEN"
    deployment_option = "WITH_TRAFFIC_CONTROL"
  }

  ecs_service {
    cluster_name = aws_ecs_cluster.this.name
    service_name = aws_ecs_service.this.name
  }

  auto_rollback_configuration {
    enabled = true
    events  = ["DEPLOYMENT_FAILURE", "DEPLOYMENT_STOP_ON_ALARM"]
  }

  alarm_configuration {
    enabled                   = true
    ignore_poll_alarm_failure = false
    alarms = [
      aws_cloudwatch_metric_alarm.failures.alarm_name,
      aws_cloudwatch_metric_alarm.latency.alarm_name,
    ]
  }

  blue_green_deployment_config {
    terminate_blue_instances_on_deployment_success {
      action                           = "TERMINATE"
      termination_wait_time_in_minutes = 5
    }

    deployment_ready_option {
      action_on_timeout = "CONTINUE_DEPLOYMENT"
    }
  }

  load_balancer_info {
    target_group_pair_info {
      prod_traffic_route {
        listener_arns = [aws_lb_listener.https.arn]
      }

      target_group {
        name = aws_lb_target_group.this["1"].name
      }

      target_group {
        name = aws_lb_target_group.this["2"].name
      }
    }
  }
}
