"""The one door to Azure OpenAI, and to servers that speak its protocol."""

from bot.azure.access import Access
from bot.azure.limits import Limits
from bot.azure.model import AzureModel

__all__ = ["Access", "AzureModel", "Limits"]
