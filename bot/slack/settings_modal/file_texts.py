"""What people read where a setup comes as a file, or leaves as one."""

FILE = "The exported file"
FILE_HINT = "A setup as the Azure playground exports it, or one that I exported."
PASTED = "Or its text"
PASTED_ONLY = "The text of an exported setup"
PASTED_HINT = "Paste it here if it has at most 3,000 characters."
IMPORT_NOTHING = "Choose a file, or paste its text."
IMPORT_SUBMIT = "Import into draft"
NOT_A_SETUP = "This file is no setup: it is not text, or larger than any setup can be."
EXPORTED = "Here is the setup of your draft. I have sent it to you as a file in our direct message, too."
EXPORT_CUT = (
    "This setup is too long to copy from here, and the workspace does not let me send files. `confab export` "
    "on the command line writes all of it."
)
EXPORTED_TEXT = "Here is the setup of your draft. Copy all of it."
EXPORT_SENDING = "Here is the setup of your draft. I am sending it to you as a file, too."
EXPORT_NOT_SENT = (
    "Here is the setup of your draft. Slack did not take it as a file just now: copy all of it from here."
)
EXPORT_LOST = (
    "This setup is not here to copy, and Slack did not take it as a file just now. "
    "Please press Export again in a minute."
)
EXPORTED_ALONE = "I have sent the setup of your draft to you as a file, in our direct message."
EXPORT_COMMENT = "The setup of your draft, as the Azure playground's file."
