resource "aws_codedeploy_deployment_group" "this" {
  for_each = local.shifted ? toset([var.name]) : toset([])

  app_name               = var.codedeploy.application
  deployment_group_name  = each.value
  service_role_arn       = var.codedeploy.role_arn
  deployment_config_name = "CodeDeployDefault.ECSAllAtOnce"

  deployment_style {
    deployment_type   = "BLUE_GREEN"
    deployment_option = "WITH_TRAFFIC_CONTROL"
  }

  ecs_service {
    cluster_name = var.cluster.name
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
      aws_cloudwatch_metric_alarm.errors.alarm_name,
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
        listener_arns = [var.load_balancer.live]
      }

      test_traffic_route {
        listener_arns = [var.load_balancer.test]
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
