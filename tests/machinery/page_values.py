"""What tests of pages write and read."""

from tonggui.base.codes import credit_check_sign


def credit_code(n):
    first = f"91310000{n:09}"
    return first + credit_check_sign(first)


def words(answer):
    return answer.content.decode()
