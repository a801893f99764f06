# Failed requests of every client: those that the load balancer answers by itself, and those of the tasks.
resource "aws_cloudwatch_metric_alarm" "failures" {
  alarm_name          = "${var.family}-failed-requests"
  alarm_description   = "A request to ${var.service} has failed; a deployment goes back by this"
  evaluation_periods  = 1
  threshold           = 0
  comparison_operator = "GreaterThanThreshold"
  treat_missing_data  = "notBreaching"
  alarm_actions       = var.alarm_actions

  metric_query {
    id          = "failed"
    expression  = "SUM(METRICS())"
    label       = "Failed requests"
    return_data = true
  }

  dynamic "metric_query" {
    for_each = { balancer = "HTTPCode_ELB_5XX_Count", tasks = "HTTPCode_Target_5XX_Count" }

    content {
      id = metric_query.key

      metric {
        namespace   = "AWS/ApplicationELB"
        metric_name = metric_query.value
        dimensions  = { LoadBalancer = aws_lb.this.arn_suffix }
        period      = 60
        stat        = "Sum"
      }
    }
  }
}

resource "aws_cloudwatch_metric_alarm" "latency" {
  alarm_name          = "${var.family}-latency"
  alarm_description   = "${var.service} is slow; a deployment goes back by this"
  namespace           = "AWS/ApplicationELB"
  metric_name         = "TargetResponseTime"
  dimensions          = { LoadBalancer = aws_lb.this.arn_suffix }
  extended_statistic  = "p95"
  period              = 60
  evaluation_periods  = 1
  threshold           = 2
  comparison_operator = "GreaterThanThreshold"
  treat_missing_data  = "notBreaching"
  alarm_actions       = var.alarm_actions
}
