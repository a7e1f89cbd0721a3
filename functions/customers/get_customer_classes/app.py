"""GET /api/v1/customer_classes: the classes of customers, and how far customers are evaluated by them."""

from lastro.aws.entrypoints.http import endpoint
from lastro.customers.classes.requests import GetCustomerClasses
from lastro.customers.classes.views import CustomerClassesAnswer
from lastro.customers.wiring import open_classes
from lastro.kernel.callers.caller import Caller

classes = open_classes()


@endpoint()
def handler(request: GetCustomerClasses, caller: Caller) -> CustomerClassesAnswer:
    return classes.show(request, caller)
